import type { SymbolChange } from "./changes.js";
import type { Effect } from "./effects.js";
import { manual } from "./manual.js";

/**
 * How and whence sources come, how fast, what is told: nothing of it reaches the image. Where patches and overridden sources lie
 * shows in the packages themselves.
 */
const without =
  /^BR2_(?:HAVE_DOT_CONFIG|DEFCONFIG.*|VERSION.*|BASE_DIR|EXTERNAL(?:_.*)?|DL_DIR|JLEVEL|CCACHE.*|USE_CCACHE|WGET|CURL|SVN|BZR|GIT|CVS|LOCALFILES|SCP|SFTP|HG|[A-Z]*CAT|TAR_OPTIONS|PRIMARY_SITE.*|BACKUP_SITE|KERNEL_MIRROR|[A-Z]+_MIRROR|DOWNLOAD_.*|COMPILER_PARANOID_UNSAFE_PATH|GRAPH_.*|HOSTARCH.*|HOST_GCC_.*|NEEDS_HOST_.*|INSTRUMENTATION_SCRIPTS|GLOBAL_PATCH_DIR|PACKAGE_OVERRIDE_FILE|LEGACY|SKIP_LEGACY|FORCE_HOST_BUILD|HIDE_SECONDARY_TARGET_OPTIONS)$/;

/** What the Makefile, fs/ and the finalize hooks of skeleton and init look at each time that make runs. */
const image =
  /^BR2_(?:ROOTFS_(?:OVERLAY|POST_.*|PRE_BUILD_.*|DEVICE_TABLE|STATIC_DEVICE_TABLE|USERS_TABLES|DEVICE_TABLE_SUPPORTS_.*)|TARGET_GENERIC_(?:HOSTNAME|ISSUE|ROOT_PASSWD|PASSWD_.*|GETTY.*|REMOUNT_ROOTFS_RW)|TARGET_ENABLE_ROOT_LOGIN|SYSTEM_BIN_SH.*|GENERATE_LOCALE)$/;

/** They take things out of the target folder, which nothing puts back. */
const removing = /^BR2_(?:ENABLE_LOCALE_(?:PURGE|WHITELIST)|STRIP_.*)$/;

/** Folders whose symbols say what everything is compiled for, and with. */
const fundamental: readonly (readonly [RegExp, string])[] = [
  [/^arch\//, "The target architecture is compiled into everything."],
  [
    /^(?:toolchain|package\/(?:gcc|binutils|glibc|musl|uclibc|linux-headers))\//,
    "The toolchain is part of everything that it has compiled.",
  ],
];

const clean = (why: string, section: string = manual.full, canWait = false): readonly Effect[] => [
  { level: "clean", canWait, why, section },
];

/** Init programs look at these in hooks of theirs that run with each make, the skeletons at all of them. */
const hooked = /^BR2_TARGET_GENERIC_(?:GETTY|REMOUNT_ROOTFS_RW)$/;
const inits = new Set(["busybox", "sysvinit", "openrc"]);

/** True where a package's makefile names the symbol for a hook that runs with each make. */
export function isHooked(symbol: string, name: string): boolean {
  return (hooked.test(symbol) && inits.has(name)) || (image.test(symbol) && name.startsWith("skeleton-"));
}

/** True for what every make looks at; packages may look at it too. */
export function concernsImage(symbol: string): boolean {
  return image.test(symbol);
}

/** Effects that the symbol's name decides alone; undefined where makefiles and Config.in files have to tell. */
export function effectsByName({ name, before, after }: SymbolChange): readonly Effect[] | undefined {
  if (without.test(name)) return [];
  if (name === "BR2_PER_PACKAGE_DIRECTORIES")
    return clean("Packages are installed into other folders with it than without.", manual.parallel);
  if (name === "BR2_REPRODUCIBLE") return clean("It changes how every package is compiled.");
  if (name === "BR2_HOST_DIR") return clean("Host tools have their folder compiled into them.");
  if (/^BR2_(?:INIT_|ROOTFS_SKELETON_|ROOTFS_MERGED_|ROOTFS_DEVICE_CREATION_|PACKAGE_SKELETON_)/.test(name))
    return clean("The root filesystem's skeleton is under everything that is installed.");
  if (removing.test(name)) {
    if (before === undefined && after === "y") return [finalized];
    return clean("What was taken out of the target folder comes back only with a clean build.", manual.full, true);
  }
  if (name === "BR2_ROOTFS_OVERLAY" && words(before).some((path) => !words(after).includes(path)))
    return clean("What an overlay has brought stays in the target folder when the overlay is gone.", manual.full, true);
  if (/^BR2_TARGET_GENERIC_(?:HOSTNAME|ISSUE)$/.test(name) && words(after).length === 0)
    return clean("Buildroot leaves the file in the target folder as it is.", manual.full, true);
  return undefined;
}

/** Effects that the place of a definition decides; `path` is relative to Buildroot. */
export function effectsByDefinition(path: string): readonly Effect[] | undefined {
  const found = fundamental.find(([folder]) => folder.test(path));
  if (found !== undefined) return clean(found[1]);
  if (path.startsWith("system/")) return clean("It belongs to the root filesystem's skeleton.");
  return path.startsWith("fs/") ? [finalized] : undefined;
}

/** Effects of a makefile of Buildroot's own, no package's, that names the symbol; `path` is relative to Buildroot. */
export function effectsByReader(path: string, name: string): readonly Effect[] {
  if (/^(?:fs|support\/dependencies)\//.test(path) || path === "package/pkg-download.mk") return [finalized];
  // The Makefile looks at other packages only to tidy the target folder up.
  if (path === "Makefile" && name.startsWith("BR2_PACKAGE_")) return [finalized];
  return clean(`${path} reads it for every package.`);
}

export const finalized: Effect = {
  level: "image",
  why: "Every make looks at it when it finishes the target folder and writes the images.",
  section: manual.full,
};

/** The words of a string value. */
export function words(value: string | undefined): readonly string[] {
  return (value ?? "")
    .replaceAll('"', "")
    .split(/\s+/)
    .filter((word) => word !== "");
}
