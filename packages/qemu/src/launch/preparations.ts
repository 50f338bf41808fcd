import { join } from "node:path";
import { missingImages } from "../host/images.js";
import type { Command } from "../types.js";
import type { ResolvedMachine } from "./resolve.js";
import { swtpmCommand, tpmFolder } from "./tpm.js";

/** What a person types before QEMU's line to get what `launch` makes: disks, the folder of the sockets, the TPM. */
export async function preparations({ machine, swtpm }: ResolvedMachine, folder: string): Promise<readonly Command[]> {
  const images = (await missingImages(machine.drives)).map(({ file, format, bytes }) =>
    format === "raw"
      ? { file: "truncate", args: ["-s", String(bytes), "--", file] }
      : { file: "qemu-img", args: ["create", "-q", "-f", format, file, String(bytes)] },
  );
  if (swtpm === undefined && machine.guestAgent !== true) return images;
  const folders = [folder, ...(swtpm === undefined ? [] : [join(folder, tpmFolder)])];
  const sockets: Command = { file: "mkdir", args: ["-m", "700", "--", ...folders] };
  if (swtpm === undefined) return [...images, sockets];
  const { file, args } = swtpmCommand(swtpm, folder);
  // It comes back when it listens, and ends with QEMU.
  return [...images, sockets, { file, args: [...args, "--daemon"] }];
}
