import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as buildroot from "../src/index.js";
import { mirrorMissing, toolchainMissing } from "./support/debian.js";
import { env } from "./support/programs.js";
import { smallBuildroot, writeTree } from "./support/small-tree.js";
import { temporaryFolder } from "./support/temporary.js";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
const modules: Record<string, unknown> = { "node:assert/strict": { default: assert }, "@ipa-br/buildroot": buildroot };

const rules = `	@echo '>>> busybox 1.37.0 Building'; echo '>>>   Generating filesystem image rootfs.cpio'
	@mkdir -p $(O)/images; echo x > $(O)/images/rootfs.cpio
	@mkdir -p $(O)/build/busybox-1.37.0; touch $(O)/build/busybox-1.37.0/.stamp_built

broken:
	@echo '>>> broken 1.0 Building'; echo "broken.c:3:9: error: 'missing' undeclared"; false

show-info:
	@echo '{ "busybox": { "type": "target", "version": "1.37.0", "dl_dir": "busybox", "hashes": ["package/busybox/busybox.hash"],'
	@echo '"downloads": [{ "source": "busybox-1.37.0.tar.bz2", "uris": ["https+https://busybox.example"] }] } }'

slow:
	@setsid sleep 351 & sleep 352
`;

/** What the examples suppose to be there, in a folder that stands for /srv. */
async function prepare(folder: string): Promise<{ commit: string; repository: string }> {
  const { buildroot: small } = await smallBuildroot(folder, rules);
  await writeTree(folder, {
    "my-tree/external.desc": "name: MINE\n",
    "my-tree/Config.in": "",
    "my-tree/external.mk": "",
    "small/configs/board_defconfig": "BR2_SMALL=y\n",
    "small/package/busybox/busybox.hash":
      "sha256 597d455e6299f2550cc1c1fbfa819cd50c4751ded18c548376e1e7576e16d7e9 busybox-1.37.0.tar.bz2\n",
    "mirror/busybox/busybox-1.37.0.tar.bz2": "busybox\n",
  });
  await writeTree(small, {
    "Config.in": ["TARGET_GENERIC_HOSTNAME\n\tstring", "NO_SUCH\n\tbool", "STATIC_LIBS\n\tbool"]
      .map((one) => `config BR2_${one} "x"\n`)
      .join(""),
    "package/Makefile.in": "ifeq ($(BR2_STATIC_LIBS),y)\nendif\n",
  });
  execFileSync("mv", [small, join(folder, "buildroot")]);
  const git = (...args: string[]): string =>
    execFileSync(
      "git",
      ["-C", join(folder, "buildroot"), "-c", "user.name=t", "-c", "user.email=t@example.org", ...args],
      {
        encoding: "utf8",
      },
    );
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "2026.02.3");
  return { commit: git("rev-parse", "HEAD").trim(), repository: `file://${folder}/buildroot` };
}

function compile(example: string): string {
  const imports = /^import (?:(\w+)|(\{[^}]*\})) from "([^"]+)";$/gm;
  const bound = example.replaceAll(
    imports,
    (_all, name: string | undefined, names: string | undefined, module: string) => {
      return name === undefined
        ? `const ${names} = modules[${JSON.stringify(module)}];`
        : `const ${name} = modules[${JSON.stringify(module)}].default;`;
    },
  );
  const { outputText } = ts.transpileModule(`async function run(modules, process) {${bound}}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2023 },
  });
  return `${outputText}\nreturn run(modules, process);`;
}

describe("README", () => {
  it("has examples", () => expect(examples).toHaveLength(8));

  it.for(examples.map((example, index) => [index + 1, example] as const))(
    "example %i",
    { timeout: 120_000 },
    async ([, example], ctx) => {
      const onDebian = example.includes("layOutDebianToolchain");
      const missing = onDebian ? await toolchainMissing() : undefined;
      ctx.skip(missing !== undefined, missing);
      const folder = await temporaryFolder();
      const { commit, repository } = await prepare(folder);
      const local = example
        .replaceAll("/srv/", `${folder}/`)
        .replaceAll(String.raw`\/srv\/`, `${folder.replaceAll("/", String.raw`\/`)}\\/`)
        .replace(/[0-9a-f]{40}/, commit)
        .replace(/https:[^"]*/, repository);
      // oxlint-disable-next-line no-implied-eval, no-new-func -- running the README's text is the point
      const run = new Function("modules", "process", compile(local)) as (...given: unknown[]) => Promise<void>;
      const ran = run(modules, { env });
      if (onDebian) await ran.catch((error: unknown) => ctx.skip(mirrorMissing(error)));
      await expect(ran).resolves.toBeUndefined();
    },
  );

  it("documents every error code", async () => {
    const source = await readFile(new URL("../src/errors.ts", import.meta.url), "utf8");
    const union = source.slice(source.indexOf("BuildrootErrorCode ="), source.indexOf(";"));
    for (const [, code] of union.matchAll(/"([A-Z_]+)"/g)) expect(readme).toContain(`\`${code}\``);
  });

  it("documents every event", async () => {
    const source = await readFile(new URL("../src/types.ts", import.meta.url), "utf8");
    const union = source.slice(source.indexOf("BuildrootEvent ="), source.indexOf("WarningCode ="));
    for (const [, type] of union.matchAll(/readonly type: "([a-z-]+)"[;\s]/g)) expect(readme).toContain(`\`${type}\``);
  });
});
