import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fetched, openApt } from "./debian.js";

/** A static BusyBox, or why there is none on this host. */
export type TestBusybox = { readonly data: Buffer } | { readonly unavailable: string };

/** The host's own for its architecture, and Debian's package for another. */
export async function testBusybox(architecture: "amd64" | "arm64" = "amd64"): Promise<TestBusybox> {
  if (architecture === "arm64") {
    const busybox = await fetched("busybox-arm64", async (folder) => {
      await (await openApt("arm64")).unpack(["busybox-static"], folder);
    });
    if ("unavailable" in busybox) return { unavailable: `busybox-static for arm64 is ${busybox.unavailable}` };
    return { data: await readFile(join(busybox.folder, "bin/busybox")) };
  }
  try {
    const data = await readFile("/bin/busybox");
    return hasInterpreter(data) ? { unavailable: "/bin/busybox is not linked statically" } : { data };
  } catch {
    return { unavailable: "no /bin/busybox (Debian's package busybox-static)" };
  }
}

/** True if the ELF file asks for a dynamic loader: a program header of type PT_INTERP (elf(5), 64 bits, little endian). */
function hasInterpreter(elf: Buffer): boolean {
  const start = Number(elf.readBigUInt64LE(0x20));
  const size = elf.readUInt16LE(0x36);
  const count = elf.readUInt16LE(0x38);
  return Array.from({ length: count }, (_, index) => elf.readUInt32LE(start + index * size)).includes(3);
}
