import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readAptEntries } from "../../src/apt/host.js";
import { openApt, parseUris } from "../../src/apt/private-apt.js";
import { rejection } from "../support/errors.js";
import { env, findProgramSync } from "../support/programs.js";
import { writeTree } from "../support/small-tree.js";
import { temporaryFolder } from "../support/temporary.js";

const noApt = findProgramSync("apt-get") === undefined ? "there is no apt-get here" : undefined;

describe("an apt of one's own", () => {
  it("reads what apt says it would download", () => {
    const text = `Some words
'http://m.example/pool/main/g/gcc-12/gcc-12_12.2.0-14%2bdeb12u1_amd64.deb' gcc-12_12.2.0-14+deb12u1_amd64.deb 19 SHA256:ab12
'http://m.example/l.deb' libcrypt1_1%3a4.4.33-2_amd64.deb 7 SHA512:cd34
`;
    expect(parseUris(text)).toEqual([
      {
        url: "http://m.example/pool/main/g/gcc-12/gcc-12_12.2.0-14%2bdeb12u1_amd64.deb",
        name: "gcc-12_12.2.0-14+deb12u1_amd64.deb",
        size: 19,
        hash: "SHA256:ab12",
      },
      { url: "http://m.example/l.deb", name: "libcrypt1_1:4.4.33-2_amd64.deb", size: 7, hash: "SHA512:cd34" },
    ]);
  });

  it("takes the machine's entries from both kinds of files", async () => {
    const folder = await temporaryFolder();
    await writeTree(folder, {
      "sources.list": "deb http://a.example/debian bookworm main\n",
      "sources.list.d/b.sources": "Types: deb\nURIs: http://b.example\nSuites: bookworm\nComponents: main\n",
      "sources.list.d/c.list": "deb http://c.example/debian bookworm main\n",
      "sources.list.d/d.save": "deb http://d.example/debian bookworm main\n",
    });
    const entries = await readAptEntries(folder);
    expect(entries.map(({ uris }) => uris[0])).toEqual([
      "http://a.example/debian",
      "http://b.example",
      "http://c.example/debian",
    ]);
    expect(await readAptEntries(join(folder, "nowhere"))).toEqual([]);
  });

  it("says so where there is no apt", async () => {
    const folder = await temporaryFolder();
    const options = { folder, entries: [], architecture: "amd64", env: { PATH: folder }, signal: undefined };
    const error = await rejection(openApt(options));
    expect(error.code).toBe("APT_FAILED");
    expect(error.message).toContain("apt-get");
  });

  it("fails with apt's own words, from a mirror that is not there, and runs none of the machine's hooks", async (ctx) => {
    ctx.skip(noApt !== undefined, noApt);
    const folder = await temporaryFolder();
    const hook = join(folder, "hooked");
    await writeTree(folder, { "machine.conf": `APT::Update::Post-Invoke { "touch ${hook}"; };\n` });
    const entries = [
      {
        types: ["deb"],
        uris: [`file:${folder}/none`],
        suites: ["x"],
        components: ["main"],
        options: { Trusted: "yes" },
      },
    ];
    const apt = await openApt({
      folder: join(folder, "apt"),
      entries,
      architecture: "amd64",
      env: { ...env, APT_CONFIG: join(folder, "machine.conf") },
      signal: undefined,
    });
    const error = await rejection(apt.update(0));
    expect(error.code).toBe("APT_FAILED");
    expect(error.message).toMatch(/apt-get update failed: E: /);
    expect(existsSync(hook)).toBe(false);
    const aborted = await openApt({
      folder: join(folder, "apt"),
      entries,
      architecture: "amd64",
      env,
      signal: AbortSignal.abort(),
    });
    expect((await rejection(aborted.update(0))).code).toBe("ABORTED");
  });
});
