import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Buildroot, BuildrootEvent } from "../src/index.js";
import { rejection } from "./support/errors.js";
import { smallBuildroot, writeTree } from "./support/small-tree.js";
import { temporaryFolder } from "./support/temporary.js";

let server: Server | undefined;
const asked: string[] = [];
afterEach(() => {
  server?.close();
  server = undefined;
  asked.length = 0;
});

/** A tree whose build needs one file, and fetches something behind everybody's back. */
async function prepare(folder: string, events: BuildrootEvent[] = []): Promise<Buildroot> {
  server = createServer((request, response) => {
    asked.push(request.url!);
    response.end("fetched");
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
  const fetchIt = `http_proxy= no_proxy='*' ${process.execPath} -e 'fetch("${url}").then(() => 0, () => process.exit(7))'`;
  const buildroot = await smallBuildroot(
    folder,
    `\t@${fetchIt} && echo 'it came' || echo 'it did not come'
\t@echo "wget is $(BR2_WGET)"; $(BR2_WGET) http://x.example/y || true

show-info:
	@echo '{ "a": { "type": "target", "version": "1", "dl_dir": "a", "hashes": ["a.hash"],'
	@echo '"downloads": [{ "source": "a-1.tar", "uris": ["https+https://a.example"] }] } }'
`,
    { onEvent: (event) => void events.push(event) },
  );
  const sum = createHash("sha256").update("a").digest("hex");
  await writeTree(buildroot.buildroot, { "a.hash": `sha256 ${sum} a-1.tar\n` });
  await buildroot.configure({ defconfig: "small" });
  return buildroot;
}

const namespaces = spawnSync(
  "unshare",
  process.getuid?.() === 0 ? ["--net", "true"] : ["--user", "--map-current-user", "--net", "true"],
);

describe("an offline build", () => {
  it("refuses before it builds if a file is missing or wrong, and goes on once it is unpacked", async () => {
    const buildroot = await prepare(await temporaryFolder());
    const error = await rejection(buildroot.build({ offline: true }).result);
    expect(error.code).toBe("SOURCES_MISSING");
    expect(error.message).toBe(
      `A file is needed and not here:\na-1.tar (a): not in ${buildroot.buildroot}/dl/a/a-1.tar`,
    );
    await writeTree(buildroot.buildroot, { "dl/a/a-1.tar": "another" });
    expect((await rejection(buildroot.build({ offline: true }).result)).message).toContain("its SHA-256 is");
    await writeTree(buildroot.output, { "build/a-1/.stamp_extracted": "" });
    await buildroot.build({ offline: true }).result;
  });

  it("has no network, and Buildroot's downloads are refused", async (ctx) => {
    ctx.skip(namespaces.status !== 0, "this machine allows no network namespace");
    const buildroot = await prepare(await temporaryFolder());
    await writeTree(buildroot.buildroot, { "dl/a/a-1.tar": "a" });
    const linesOf = async (offline: boolean): Promise<string> => {
      const lines: string[] = [];
      for await (const event of buildroot.build({ offline })) if (event.type === "line") lines.push(event.text);
      return lines.join("\n");
    };
    const without = await linesOf(true);
    expect(without).toContain("it did not come");
    expect(without).toContain("ERROR: the build is offline, this is not fetched: http://x.example/y");
    expect(asked).toEqual([]);
    expect(await linesOf(false)).toContain("it came");
    expect(asked).toEqual(["/x"]);
  });

  it("says so where the machine has no namespaces", async () => {
    const folder = await temporaryFolder();
    const events: BuildrootEvent[] = [];
    await writeTree(folder, { "bin/unshare": "#!/bin/sh\nexit 1\n" });
    spawnSync("chmod", ["+x", join(folder, "bin/unshare")]);
    const path = process.env["PATH"];
    const own = { PATH: `${folder}/bin:${path}` };
    await prepare(folder, events);
    const { openBuildroot } = await import("../src/index.js");
    const buildroot = await openBuildroot({
      buildroot: join(folder, "small"),
      output: join(folder, "out"),
      env: {
        PATH: own.PATH.split(":")
          .filter((one) => one !== "")
          .join(":"),
      },
      onEvent: (event) => void events.push(event),
    });
    await writeTree(buildroot.buildroot, { "dl/a/a-1.tar": "a" });
    await buildroot.build({ offline: true }).result;
    expect(events).toContainEqual(expect.objectContaining({ type: "warning", code: "OFFLINE_NOT_ENFORCED" }));
  });
});
