import type { CodedError } from "../errors.js";

/** What to type next, where a library's error has its answer in one of this command's options. */
const commands: Readonly<Record<string, string>> = {
  ABORTED: "the same command again goes on where it was cut off",
  BUILDROOT_INVALID: "--buildroot DIR, or in a clone: git submodule update --init buildroot",
  EXTERNAL_DUPLICATE: "--external DIR for each tree, each with a name of its own in its external.desc",
  EXTERNAL_INVALID: "--external DIR, a folder with external.desc, external.mk and Config.in",
  IMAGE_NOT_FOUND: "ipa-br build, or --images DIR",
  KVM_UNUSABLE: "--accel tcg",
  LOCKED: "wait for it, or build in a folder of your own: --unique",
  LOCK_DRIFT: "ipa-br lock, if what is there is what is wanted",
  NOT_CONFIGURED: "ipa-br configure",
  OUTPUT_FOREIGN: "the same command with --output DIR, another folder",
  OUTPUT_INVALID: "the same command with --output DIR, another folder",
  OUTPUT_UNWRITABLE: "the same command with --output DIR, a folder that you may write to",
  PORT_IN_USE: "--forward with another port of the host",
  REBUILD_NEEDED: "--rebuild all, or --rebuild none to go on with what is there; --explain tells every reason",
  SETTINGS_LOST: "--allow-mismatch SYMBOL for each one to be lost, or allowMismatch in the config file",
  SOURCES_MISSING: "ipa-br sources fetch, with network or --mirror DIR",
  TOOLCHAIN_UNSUPPORTED: "ipa-br build without that fragment: Buildroot then builds the toolchain itself",
  WAIT_TIMEOUT: "--timeout SECONDS for more time, or ipa-br run to look at it",
};

/** The command line's own answer to an error; undefined where the library's hint says it all. */
export function commandHint(error: CodedError): string | undefined {
  // every library has an ABORTED; only a build has something to go on with
  if (error.code === "ABORTED" && error.name !== "BuildrootError") return undefined;
  if (error.code === "PORT_IN_USE" && error.name === "ConductorError")
    return "--conductor with another port, or without one";
  return commands[error.code];
}
