import type { GitRelease } from "@ipa-br/buildroot";

/** Names of the files, in Buildroot's images folder, that a machine boots from. */
export interface PresetImages {
  readonly kernel: string;
  readonly initramfs: string;
}

/** How to log in on the image's console. */
export interface PresetLogin {
  readonly user: string;
  /** Undefined: the console asks for none. */
  readonly password: string | undefined;
}

/** Everything that a driver needs to know about an image before it has read the external tree. */
export interface Preset {
  readonly name: string;
  /** One line for a list of presets. */
  readonly description: string;
  /**
   * Absolute path of the external tree.
   * @throws PresetError TREE_MISSING where the package is incomplete
   */
  readonly externalTree: string;
  /** A file of the external tree's configs/, as `make` takes it. */
  readonly defaultDefconfig: string;
  /** The release of Buildroot that the tree is made for. */
  readonly buildroot: GitRelease;
  readonly images: PresetImages;
  /** The kernel's command line for a console on the first serial port. The last console is the one that init writes to. */
  readonly kernelArguments: readonly string[];
  readonly login: PresetLogin;
  /** Memory in MiB that a machine needs to boot the image. */
  readonly memoryMiB: number;
}
