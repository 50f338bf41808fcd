import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { AuditReport, CommandLineReport } from "@ipa-br/conductor";
import { exitCodes } from "../../../src/exit-codes.js";
import { main } from "../../../src/main.js";
import { temporaryFolder } from "../../support/folder.js";
import { testIo } from "../../support/io.js";
import { newcArchive, program } from "../../support/newc.js";

async function ipaBr(...args: readonly string[]) {
  const io = testIo({ cwd: temporaryFolder() });
  const code = await main(args, io, "1");
  return { code, out: io.out(), err: io.err() };
}

const lsblk = { name: "usr/bin/lsblk", mode: program, data: Buffer.from("elf") };

describe("ipa-br audit", () => {
  it("opens the initramfs of a folder of images and says what is missing, and what brings it", async () => {
    const images = temporaryFolder();
    writeFileSync(join(images, "rootfs.cpio.gz"), gzipSync(newcArchive([lsblk])));
    const { code, out, err } = await ipaBr("audit", images);
    expect(code).toBe(exitCodes.failed);
    expect(out).toContain("error: lshw is missing (boot)\n    BR2_PACKAGE_LSHW\n");
    expect(out).not.toContain("lsblk is missing");
    expect(err).toMatch(/^error: the image lacks what the agent needs: .* \[AUDIT_FAILED\]\n {2}try: /);
    const json = await ipaBr("audit", join(images, "rootfs.cpio.gz"), "--json", "--append", "ipa-debugg=1");
    const report = JSON.parse(json.out) as AuditReport;
    expect(report).toMatchObject({ passed: false, segments: [{ compression: "gzip", offset: 0 }] });
    expect(report.findings).toContainEqual(
      expect.objectContaining({ name: "ipa-debugg", note: "did you mean ipa-debug?" }),
    );
  });

  it("takes the kernel's .config from Buildroot's output folder", async () => {
    const output = temporaryFolder();
    const { mkdirSync } = await import("node:fs");
    for (const folder of ["images", "build/linux-6.12.1", "build/linux-headers-6.12.1"])
      mkdirSync(join(output, folder), { recursive: true });
    writeFileSync(join(output, "images/rootfs.cpio"), newcArchive([lsblk]));
    writeFileSync(join(output, "build/linux-6.12.1/.config"), "CONFIG_TMPFS=y\n");
    const { out } = await ipaBr("audit", "--output", output);
    expect(out).toContain(`kernel's .config: ${output}/build/linux-6.12.1/.config\n`);
    expect(out).not.toMatch(/CONFIG_TMPFS\b/);
  });

  it.each([
    ["nothing", undefined, "IMAGES_MISSING"],
    ["no archive", "some text", "IMAGE_INVALID"],
    ["another packing", "BZh91AY&SY", "IMAGE_UNSUPPORTED"],
    ["an archive that is cut off", newcArchive([lsblk]).subarray(0, 150), "IMAGE_INVALID"],
    ["a name that leads out", newcArchive([{ ...lsblk, name: "../../etc/passwd" }]), "IMAGE_INVALID"],
  ])("refuses %s", async (_what, bytes, expected) => {
    const file = join(temporaryFolder(), "rootfs.cpio");
    if (bytes !== undefined) writeFileSync(file, bytes);
    const { code, err } = await ipaBr("audit", file);
    expect(err).toContain(`[${expected}]`);
    expect(code).toBe(exitCodes.input);
  });
});

describe("ipa-br cmdline lint", () => {
  it("is content with what the agent takes", async () => {
    const { code, out } = await ipaBr(
      "cmdline",
      "lint",
      "console=ttyS0 ipa-api-url=http://10.0.2.2:6385 ipa-agent-token=secret",
    );
    expect([code, out]).toEqual([0, "ipa-api-url = http://10.0.2.2:6385\nipa-agent-token = ******\n"]);
  });

  it("names what is near", async () => {
    const { code, out, err } = await ipaBr("cmdline", "lint", "ipa-api-ulr=http://10.0.2.2:6385");
    expect(code).toBe(exitCodes.failed);
    expect(out).toContain("error: ipa-api-ulr is no parameter of the agent\n    did you mean ipa-api-url?\n");
    expect(err).toContain("[COMMAND_LINE_WRONG]");
  });

  it("checks it against an image", async () => {
    const images = temporaryFolder();
    writeFileSync(join(images, "rootfs.cpio"), newcArchive([lsblk]));
    const { code, out } = await ipaBr(
      "cmdline",
      "lint",
      "ipa-inspection-collectors=default",
      "--image",
      images,
      "--json",
    );
    const report = JSON.parse(out) as CommandLineReport;
    expect(code).toBe(exitCodes.failed);
    expect(report.findings[0]).toMatchObject({
      problem: "names the collector default, which the image lacks",
      note: "it has none",
    });
  });
});

describe("ipa-br verify and exec", () => {
  it("list the scenarios without booting anything", async () => {
    const { code, out } = await ipaBr("verify", "--list");
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => line.split(" ")[0])).toEqual([
      ...[
        "inspect",
        "boot",
        "clean-steps",
        "logs",
        "wrong-token",
        "lost-conductor",
        "deploy",
        "slow-network",
        "power-off",
        "",
      ],
    ]);
  });

  it("refuse what they do not know", async () => {
    const unknown = await ipaBr("verify", "--scenario", "bot");
    expect([unknown.code, unknown.err.includes("[SCENARIO_UNKNOWN]")]).toEqual([exitCodes.usage, true]);
    for (const command of [["verify"], ["exec", "true"], ["run", "--conductor"]]) {
      const { code, err } = await ipaBr(...command);
      expect([code, err.includes("[IMAGES_MISSING]")]).toEqual([exitCodes.input, true]);
    }
  });
});
