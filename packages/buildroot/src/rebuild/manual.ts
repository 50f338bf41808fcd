/** Sections of Buildroot's manual that have the rules, by their titles. */
export const manual = {
  full: "Understanding when a full rebuild is necessary",
  package: "Understanding how to rebuild packages",
  override: "Using Buildroot during development",
  kconfig: "Infrastructure for packages using kconfig for configuration files",
  parallel: "Top-level parallel build",
  rootfs: "Customizing the generated target filesystem",
  patches: "Providing extra patches",
} as const;
