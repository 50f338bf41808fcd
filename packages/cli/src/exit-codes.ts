import type { BuildrootErrorCode } from "@ipa-br/buildroot";
import type { ConductorErrorCode } from "@ipa-br/conductor";
import type { KconfigErrorCode } from "@ipa-br/kconfig";
import type { PresetErrorCode } from "@ipa-br/preset-ipa";
import type { QemuErrorCode } from "@ipa-br/qemu";
import type { CliErrorCode } from "./errors.js";

/** What the command's exit code tells a script; documented in the README. */
export const exitCodes = {
  ok: 0,
  /** The work itself failed: a build, a save, a machine that ended before its login prompt. */
  failed: 1,
  /** The command line, a setting or the config file is wrong. */
  usage: 2,
  /** This machine lacks something: a program, a writable folder, a sane PATH. */
  host: 3,
  /** The input does not fit: no Buildroot tree, a foreign output folder, missing images. */
  input: 4,
  /** Another build holds the output folder. */
  locked: 5,
  /** Something could not be fetched, or is not what was pinned. */
  fetch: 6,
  /** Waited in vain. */
  timeout: 7,
  /** A bug of ours. */
  internal: 70,
  /** Ctrl+C. */
  interrupted: 130,
} as const;

type Outcome = keyof typeof exitCodes;

// one table per package, so that a new code without an exit code does not compile
const buildroot: Readonly<Record<BuildrootErrorCode, Outcome>> = {
  ABORTED: "interrupted",
  APT_FAILED: "fetch",
  BUILDROOT_INVALID: "input",
  BUILDROOT_NOT_FOUND: "fetch",
  BUILD_FAILED: "failed",
  CONFIGURE_FAILED: "failed",
  DEFCONFIG_UNKNOWN: "usage",
  ENVIRONMENT_INVALID: "host",
  EXTERNAL_DUPLICATE: "input",
  EXTERNAL_INVALID: "input",
  FETCH_FAILED: "fetch",
  FETCH_MISMATCH: "fetch",
  FRAGMENT_NOT_FOUND: "input",
  INFO_INVALID: "failed",
  INTERNAL: "internal",
  LOCKED: "locked",
  LOCK_DRIFT: "input",
  LOCK_INVALID: "input",
  LOCK_STALE: "input",
  MAKEFLAGS_PARALLEL: "host",
  MAKE_FAILED: "failed",
  MAKE_NOT_FOUND: "host",
  MAKE_TOO_OLD: "host",
  MATRIX_INVALID: "input",
  NOT_CONFIGURED: "input",
  OUTPUT_FOREIGN: "input",
  OUTPUT_INVALID: "input",
  OUTPUT_UNWRITABLE: "host",
  REBUILD_NEEDED: "input",
  RELEASE_INVALID: "input",
  REPORT_INVALID: "input",
  SAVE_FAILED: "failed",
  SETTINGS_LOST: "usage",
  SETTING_INVALID: "usage",
  SOURCES_MISSING: "fetch",
  TOOLCHAIN_UNSUPPORTED: "host",
  TOOLCHAIN_UNUSABLE: "host",
};

const conductor: Readonly<Record<ConductorErrorCode, Outcome>> = {
  ABORTED: "interrupted",
  AGENT_ANSWER_INVALID: "failed",
  AGENT_BUSY: "failed",
  AGENT_ENDED: "failed",
  AGENT_REFUSED: "failed",
  AGENT_UNAUTHORIZED: "failed",
  AGENT_UNREACHABLE: "failed",
  AGENT_UNTRUSTED: "failed",
  CHECK_FAILED: "failed",
  COMMAND_FAILED: "failed",
  DECOMPRESSOR_MISSING: "host",
  IMAGE_INVALID: "input",
  IMAGE_TOO_LARGE: "input",
  IMAGE_UNREADABLE: "input",
  IMAGE_UNSUPPORTED: "input",
  INTERNAL: "internal",
  LISTEN_FAILED: "host",
  MACHINE_EXITED: "failed",
  NODE_UNKNOWN: "internal",
  NO_HEARTBEAT: "failed",
  OPTIONS_INVALID: "usage",
  PORT_IN_USE: "host",
  SCENARIO_UNKNOWN: "usage",
  STOPPED: "interrupted",
  WAIT_TIMEOUT: "timeout",
};

const qemu: Readonly<Record<QemuErrorCode, Outcome>> = {
  AGENT_FAILED: "failed",
  ABORTED: "interrupted",
  CONSOLE_BUSY: "internal",
  IMAGE_NOT_FOUND: "input",
  INTERNAL: "internal",
  KERNEL_PANIC: "failed",
  KVM_UNUSABLE: "host",
  LOGIN_FAILED: "failed",
  MACHINE_EXITED: "failed",
  MACHINE_INVALID: "usage",
  PORT_IN_USE: "host",
  QEMU_NOT_FOUND: "host",
  QEMU_UNUSABLE: "host",
  QMP_FAILED: "failed",
  START_FAILED: "failed",
  SWTPM_NOT_FOUND: "host",
  UEFI_NOT_FOUND: "host",
  WAIT_TIMEOUT: "timeout",
};

const kconfig: Readonly<Record<KconfigErrorCode, Outcome>> = {
  ABORTED: "interrupted",
  FILE_NOT_FOUND: "input",
  FILE_UNREADABLE: "host",
  FILE_UNWRITABLE: "host",
  INTERNAL: "internal",
  INVALID_ARGUMENT: "internal",
  INVALID_NAME: "usage",
  INVALID_VALUE: "usage",
  MODE_UNSUPPORTED: "usage",
  SHELL_UNAVAILABLE: "host",
  TREE_INVALID: "input",
  UNKNOWN_DIALECT: "usage",
  UNKNOWN_SYMBOL: "usage",
};

const preset: Readonly<Record<PresetErrorCode, Outcome>> = {
  BUILDROOT_UNREADABLE: "input",
  FETCH_FAILED: "fetch",
  HASH_MISMATCH: "fetch",
  IMAGE_UNKNOWN: "input",
  INJECTION_INVALID: "input",
  PACKAGES_CONFLICT: "failed",
  PROJECT_MISSING: "fetch",
  RECORDING_UNREADABLE: "input",
  RELEASE_FOREIGN: "input",
  RELEASE_INCOMPLETE: "input",
  TREE_MISSING: "input",
};

const cli: Readonly<Record<CliErrorCode, Outcome>> = {
  AUDIT_FAILED: "failed",
  BUILDROOT_UNAVAILABLE: "fetch",
  CONFIG_INVALID: "usage",
  CONFIG_MISSING: "input",
  COMMAND_LINE_WRONG: "failed",
  EDIT_NOT_HELD: "failed",
  FIX_FAILED: "host",
  HOST_UNFIT: "host",
  IMAGES_MISSING: "input",
  LINT_FOUND: "failed",
  LOGIN_NOT_SEEN: "failed",
  MATRIX_FAILED: "failed",
  MERGE_INCOMPLETE: "failed",
  NO_WAY_FOUND: "failed",
  SETTING_INVALID: "usage",
  SOURCES_INCOMPLETE: "fetch",
  TERMINAL_NEEDED: "usage",
  TREE_READ_ONLY: "input",
  VERIFY_FAILED: "failed",
};

const outcomes: Readonly<Record<string, Outcome>> = {
  ...kconfig,
  ...preset,
  ...conductor,
  ...qemu,
  ...buildroot,
  ...cli,
};

/** The exit code for an error code of any `@ipa-br` package. */
export function exitCodeFor(code: string): number {
  return exitCodes[outcomes[code] ?? "internal"];
}
