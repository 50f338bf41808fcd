import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cannotRunMiniroot } from "../../vitest.miniroot.js";
import { documents, repository, typedCommands } from "./support/documents.js";

/** What these tests do not type, and why. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^git clone |^git submodule |^cd /, "sets up a clone, which this is"],
  [/^ipa-br (audit|verify|run --conductor)/, "asks for an image with the agent, and has tests of its own"],
  [/^ipa-br kconfig set |^printf /, "asks for a real tree, Buildroot's or a kernel's, and has tests of its own"],
  [/^npm test/, "is what runs this test"],
  [/^npm start/, "has a test of its own"],
  [/^npm (install|run) |^npx vitest/, "works on the workspace itself"],
];

const commands = documents()
  .filter(({ path }) => ["README.md", "packages/cli/README.md"].includes(path))
  .flatMap(typedCommands)
  .filter(({ text }) => !elsewhere.some(([pattern]) => pattern.test(text)));

const missing = cannotRunMiniroot();

let work: string;
let env: Record<string, string | undefined>;

// the documents' commands in their order, on miniroot instead of real Buildroot
beforeAll(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), "ipa-br-documents-")));
  // a copy: `save` writes into the external tree
  cpSync(join(repository, "buildroot-ipa"), join(work, "buildroot-ipa"), { recursive: true });
  env = {
    PATH: `${work}/bin:${process.env["PATH"]}`,
    HOME: work,
    XDG_CACHE_HOME: join(repository, ".cache"),
    BR2_UPSTREAM: join(repository, "examples/miniroot"),
    BR2_EXTERNAL: join(work, "buildroot-ipa"),
    BR2_OUTPUT_DIR: join(work, "output"),
    // what miniroot, the stand-in, does not know of the image's defconfig
    IPA_BR_ALLOW_MISMATCH: settingsOf(join(work, "buildroot-ipa/configs/openstack_ipa_defconfig")).join(","),
  };
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

function settingsOf(defconfig: string): string[] {
  return [...readFileSync(defconfig, "utf8").matchAll(/^(?:# )?(BR2_\w+)/gm)].map(([, name]) => name!);
}

function typed(text: string): Promise<{ code: number | null; output: string }> {
  const line = text.replace(/^(npx @ipa-br\/cli|\.\/ipa-br|ipa-br)\b/, join(repository, "ipa-br"));
  return new Promise((resolve) => {
    const child = execFile("sh", ["-c", line], { cwd: work, env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, output: stdout + stderr }),
    );
    // `run` is left by the person at its prompt
    if (!/\brun$/.test(text)) child.stdin!.end();
    let shown = "";
    child.stdout!.on("data", (chunk: string) => {
      const before = shown;
      shown += chunk;
      if (!before.includes("login: ") && shown.includes("login: ")) child.stdin!.write("root\n");
      if (!before.includes("\n# ") && shown.includes("\n# ")) child.stdin!.end("poweroff\n");
    });
  });
}

describe("the documents' commands", { timeout: 300_000 }, () => {
  it("are there", () => {
    expect(commands.length).toBeGreaterThan(8);
  });

  it.for(commands)("$document:$line: $text", async ({ text }, context) => {
    context.skip(missing !== undefined, missing);
    const { code, output } = await typed(text);
    expect(output).toMatch(/\brun$/.test(text) ? /login: / : /^/);
    // a menu asks for a terminal, which a test has not
    expect({ code, output }).toEqual({ code: text.includes("menuconfig") ? 2 : 0, output: expect.any(String) });
  });
});

describe("npm start", { timeout: 600_000 }, () => {
  it("ends at a login prompt and says where the images lie", async (context) => {
    context.skip(missing !== undefined, missing);
    const { code, output } = await new Promise<{ code: number | null; output: string }>((resolve) => {
      const child = execFile(
        "npm",
        ["start"],
        { cwd: repository, env: { ...process.env, CI: "true" } },
        (_error, stdout, stderr) => resolve({ code: child.exitCode, output: stdout + stderr }),
      );
    });
    expect(output).toMatch(/login: *\n+Login prompt after [\d.]+ s/);
    expect(output).toMatch(/output\/miniroot\/images\/bzImage +[\d.]+ MiB/);
    expect(output).toContain(`The images lie in ${repository}/output/miniroot/images`);
    expect(code).toBe(0);
  });
});
