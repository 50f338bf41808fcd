import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "node:util";
import { describe, expect, it, onTestFinished, type TestContext, vi } from "vitest";
import { findUefi } from "../src/index.js";
import { searchPath } from "../src/host/search-path.js";
import { env } from "./support/env.js";
import { linuxMachine, needQemu, temporaryFolder } from "./support/guest.js";

const home = fileURLToPath(new URL("..", import.meta.url));
const readme = await readFile(join(home, "README.md"), "utf8");
const examples = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map((match) => ({
  code: match[1] ?? "",
  line: readme.slice(0, match.index).split("\n").length,
}));

describe("README.md", () => {
  it("has examples, and a row for each error code", async () => {
    expect(examples.length).toBeGreaterThan(2);
    const source = await readFile(join(home, "src/errors.ts"), "utf8");
    const codes = [...source.matchAll(/^ {2}\| "(\w+)"/gm)].map((match) => match[1]);
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)` /gm)].map((match) => match[1]);
    expect(rows).toEqual(codes);
  });

  it.for(examples)(
    "the example in line $line runs and prints what it says",
    { timeout: 400_000 },
    async (example, context) => {
      const { code, line } = example;
      if (code.includes("tpm: true")) {
        context.skip((await searchPath("swtpm", env)) === undefined, "no swtpm (Debian's package swtpm)");
        const missing = await findUefi({ arch: "x86_64", type: "q35" }, { env }).then(
          () => undefined,
          (error: Error) => error.message,
        );
        context.skip(missing !== undefined, missing);
      }
      if (code.includes("IMAGES")) await provideImages(context);
      else if (code.includes("findQemu")) await needQemu(context);
      const file = join(home, ".cache", `readme-${line}.ts`);
      await mkdir(join(home, ".cache"), { recursive: true });
      await writeFile(file, code);
      onTestFinished(() => rm(file));
      const printed: string[] = [];
      const log = vi.spyOn(console, "log").mockImplementation((...values) => void printed.push(format(...values)));
      onTestFinished(() => void log.mockRestore());
      await import(/* @vite-ignore */ file);
      const said = [...code.matchAll(/^\s*console\.log\(.*\);[ \t]*\/\/ (.*)$/gm)].map((match) => match[1]);
      expect(said.length).toBeGreaterThan(0);
      expect(printed).toEqual(said);
    },
  );
});

/** A folder like Buildroot's output/images, named by the environment as the examples expect it. */
async function provideImages(context: TestContext): Promise<void> {
  const { kernel = "", initrd = "" } = await linuxMachine(context);
  const folder = await temporaryFolder();
  await symlink(kernel, join(folder, "bzImage"));
  await symlink(initrd, join(folder, "rootfs.cpio.xz"));
  vi.stubEnv("IMAGES", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
}
