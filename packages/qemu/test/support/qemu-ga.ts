import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { fetched, openApt } from "./debian.js";
import { type ArchiveEntry, folder, program } from "./newc.js";

const run = promisify(execFile);

/** Debian's qemu-ga with its libraries, as files of an initramfs, or why there is none on this host. */
export type TestAgent = { readonly entries: readonly ArchiveEntry[] } | { readonly unavailable: string };

/** The guest agent, unpacked from its package and never installed. */
export async function testAgent(): Promise<TestAgent> {
  if (process.arch !== "x64") return { unavailable: "Debian's amd64 guest agent is asked for on amd64 only" };
  const agent = await fetched("qemu-ga-amd64", async (root) => {
    const apt = await openApt("amd64");
    await apt.unpack([...(await libraries(apt.depends, "qemu-guest-agent")), "qemu-guest-agent"], root);
  });
  if ("unavailable" in agent) return { unavailable: `qemu-guest-agent is ${agent.unavailable}` };
  const root = agent.folder;
  const paths = ["lib", "usr/lib"].map((name) => join(root, name, "x86_64-linux-gnu")).join(":");
  const loader = join(root, "lib64/ld-linux-x86-64.so.2");
  const real = join(paths.split(":")[0] ?? "", "ld-linux-x86-64.so.2");
  // The package's link is absolute, and leads to the host's own loader.
  const { stdout } = await run(real, ["--library-path", paths, "--list", join(root, "usr/sbin/qemu-ga")]);
  const files = [...stdout.matchAll(/=> (\/\S+)/g)]
    .map((match) => match[1] ?? "")
    .filter((file) => file.startsWith(root));
  const entries: ArchiveEntry[] = ["lib64", "lib", "lib/x86_64-linux-gnu", "run"].map((name) => ({
    name,
    mode: folder,
  }));
  const add = async (name: string, file: string): Promise<void> => {
    entries.push({ name, mode: program, data: await readFile(file) });
  };
  await add(loader.slice(root.length + 1), real);
  await add("bin/qemu-ga", join(root, "usr/sbin/qemu-ga"));
  for (const file of files) await add(`lib/x86_64-linux-gnu/${file.split("/").at(-1)}`, file);
  return { entries };
}

/** The library packages that a package needs, and what those need. */
async function libraries(
  depends: (name: string) => Promise<readonly string[]>,
  name: string,
  seen = new Set<string>(),
) {
  for (const one of await depends(name)) {
    if (!/^(lib|zlib)/.test(one) || seen.has(one)) continue;
    seen.add(one);
    await libraries(depends, one, seen);
  }
  return seen;
}
