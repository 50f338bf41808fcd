import type { GitRelease } from "@ipa-br/buildroot";

/** Names of the files, in Buildroot's images folder, that a machine boots from. */
export interface PresetImages {
  readonly kernel: string;
  readonly initramfs: string;
}

/** Architectures that images are made for, as Buildroot and QEMU call them. */
export type PresetArchitecture = "x86_64" | "aarch64";

/** What a virtual machine of an architecture boots an image with. */
export interface PresetMachine {
  /** The kernel's file in the images folder. */
  readonly kernel: string;
  /**
   * The kernel's command line: a console on the first serial port (the last console is the one that init writes to), and on a PC no
   * check of the timer, which panics where a busy host emulates the machine (KVM's guests leave it out themselves).
   */
  readonly kernelArguments: readonly string[];
  /** QEMU's model of the network card. */
  readonly nic: string;
}

/** How to log in on the image's console. */
export interface PresetLogin {
  readonly user: string;
  /** Undefined: the console asks for none. */
  readonly password: string | undefined;
}

/** One of the images that the external tree describes. */
export interface Profile {
  /** "vm", as `--profile` takes it. */
  readonly name: string;
  readonly description: string;
  readonly arch: PresetArchitecture;
  readonly defconfig: string;
  readonly images: PresetImages;
  /** What the image may weigh, in MiB: the compressed initramfs, without firmware, and the kernel. */
  readonly budget: { readonly initramfs: number; readonly kernel: number };
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
  readonly profiles: readonly Profile[];
  readonly images: PresetImages;
  readonly machines: Readonly<Record<PresetArchitecture, PresetMachine>>;
  readonly login: PresetLogin;
  /** Memory in MiB that a machine needs to boot the image. */
  readonly memoryMiB: number;
}
