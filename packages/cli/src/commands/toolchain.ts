import { join } from "node:path";
import { layOutDebianToolchain, type ToolchainArchitecture } from "@ipa-br/buildroot";
import { type Io, note, print } from "../io.js";
import { type LocationOptions, resolveSettings } from "../settings/resolve.js";
import { formatBytes } from "../ui/format.js";

interface ToolchainOptions extends LocationOptions {
  readonly arch: ToolchainArchitecture;
  readonly json?: boolean;
}

/** `ipa-br toolchain debian`: prints the path of the fragment, for `ipa-br build --fragment "$(ipa-br toolchain debian)"`. */
export async function toolchain(io: Io, options: ToolchainOptions): Promise<void> {
  const { cacheDir } = await resolveSettings(io, options);
  const laidOut = await layOutDebianToolchain({
    architecture: options.arch,
    cacheDir: join(cacheDir, "toolchains"),
    env: io.env,
    signal: io.signal,
    onEvent: (event) => {
      if (event.type !== "fetch") return;
      if (event.phase === "wait") note(io, `Another process is at ${event.what}; waiting for it`);
      if (event.phase === "download") note(io, `Downloading ${event.what}, ${formatBytes(event.total ?? 0)}`);
    },
  });
  const { gcc, glibc, headers } = laidOut.facts;
  note(io, `${laidOut.path}: gcc ${gcc}, glibc ${glibc}, Linux ${headers} headers`);
  print(io, options.json === true ? JSON.stringify(laidOut, null, 2) : laidOut.fragmentPath);
}
