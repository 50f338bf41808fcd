import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { exitCodes } from "../../src/exit-codes.js";
import { main } from "../../src/main.js";
import { temporaryFolder } from "../support/folder.js";
import { testIo } from "../support/io.js";
import { externalTree, repository } from "../support/ipa-br.js";

const buildroot = join(repository, "buildroot");
const noBuildroot = existsSync(join(buildroot, "Makefile")) ? undefined : "the submodule buildroot/ is not checked out";

/** A copy of the external tree that a test may change. */
function copyOfTree(): string {
  const tree = join(temporaryFolder(), "tree");
  cpSync(externalTree, tree, { recursive: true });
  return tree;
}

async function update(tree: string, ...args: readonly string[]) {
  const io = testIo({ cwd: temporaryFolder() });
  const code = await main(["python", "update", "--external", tree, "--buildroot", buildroot, ...args], io, "1");
  return { code, out: io.out(), err: io.err() };
}

async function serve(answer: (url: string) => string | undefined): Promise<string> {
  const server: Server = createServer((request, response) => {
    const body = answer(request.url ?? "");
    response.statusCode = body === undefined ? 404 : 200;
    response.end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("ipa-br python update", { timeout: 60_000 }, () => {
  it("finds the shipped tree up to date, and names what differs from the release", async (context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    const { code, out } = await update(externalTree, "--recorded");
    expect(code).toBe(exitCodes.ok);
    expect(out).toMatch(/wrapt is Buildroot's .*; release .* has /);
    expect(out).toMatch(/\n\d+ packages for Python 3\.\d+\.\d+, release .*: the tree is up to date\n$/);
  });

  it("shows a diff, and writes only when told to", async (context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    const tree = copyOfTree();
    const makefile = join(tree, "package/python-pint/python-pint.mk");
    const right = readFileSync(makefile, "utf8");
    writeFileSync(makefile, right.replace("SETUP_TYPE = setuptools", "SETUP_TYPE = flit"));
    const shown = await update(tree, "--recorded");
    expect(shown.out).toContain("-PYTHON_PINT_SETUP_TYPE = flit\n+PYTHON_PINT_SETUP_TYPE = setuptools\n");
    expect(shown.err).toContain("Nothing is written yet: add --write for the 1 files");
    expect(readFileSync(makefile, "utf8")).not.toBe(right);
    expect((await update(tree, "--recorded", "--write")).code).toBe(exitCodes.ok);
    expect(readFileSync(makefile, "utf8")).toBe(right);
  });

  it("asks the index that is named, and takes no file that is not the listed one", async (context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    const sha256 = createHash("sha256").update("another file").digest("hex");
    const index = await serve((url) => {
      if (url === "/constraints") return "pbr===7.0.3\n";
      if (url === "/simple/ironic-python-agent/")
        return `<a href="../../ironic_python_agent-99.0.tar.gz#sha256=${sha256}">ironic_python_agent-99.0.tar.gz</a>`;
      return url.endsWith(".tar.gz") ? "not that file" : undefined;
    });
    const asked = ["--release", "2027.1", "--constraints", `${index}/constraints`, "--index", `${index}/simple`];
    const wrong = await update(externalTree, ...asked, "--agent", "99.0");
    expect(wrong.err).toContain("[HASH_MISMATCH]");
    expect(wrong.code).toBe(exitCodes.fetch);
    const absent = await update(externalTree, ...asked, "--agent", "98.0");
    expect(absent.err).toContain("offers no source distribution of ironic-python-agent 98.0");
    const gone = await update(externalTree, "--release", "2027.1", "--constraints", `${index}/gone`);
    expect(gone.err).toMatch(/HTTP 404.*\[FETCH_FAILED\]/);
  });

  it.for([
    [["--release", "../x"], "SETTING_INVALID"],
    [["--release", "2026.1", "--constraints", "absent.txt"], "SETTING_INVALID"],
  ] as const)("%j is refused", async ([args, expected], context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    const { code, err } = await update(externalTree, ...args);
    expect(err).toContain(`[${expected}]`);
    expect(code).toBe(exitCodes.usage);
  });
});
