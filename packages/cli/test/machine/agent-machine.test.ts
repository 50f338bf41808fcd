import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { agentArguments, describeAgentMachine } from "../../src/machine/agent-machine.js";
import { byLines } from "../../src/machine/by-lines.js";
import { inCompany } from "../../src/machine/company.js";
import { ScratchDisk } from "../../src/machine/scratch-disk.js";
import { temporaryFolder } from "../support/folder.js";

const request = { apiUrl: "http://10.0.2.2:6385", inspectionUrl: "http://10.0.2.2:6385/v1/continue_inspection" };

describe("the machine that an agent is tested in", () => {
  it("tells the agent where the conductor is, and where it will be found itself", () => {
    expect(agentArguments(request, 40_000)).toEqual([
      "ipa-api-url=http://10.0.2.2:6385",
      "ipa-advertise-host=127.0.0.1",
      "ipa-advertise-port=40000",
      "ipa-inspection-callback-url=http://10.0.2.2:6385/v1/continue_inspection",
    ]);
    const machine = describeAgentMachine(
      { kernel: "k", initramfs: "i", env: {}, append: "ipa-debug=1" },
      ["ipa-x=1"],
      40_000,
    );
    expect(machine.append).toMatch(/^console=tty0 console=ttyS0,115200n8 no_timer_check panic=-1 ipa-x=1 ipa-debug=1$/);
    expect(machine.nics).toEqual([
      { model: "e1000", mac: "52:54:00:12:34:56", forwards: [{ hostPort: 40_000, guestPort: 9999 }] },
    ]);
  });

  it("starts with UEFI where that is asked for", () => {
    const images = { arch: "aarch64", kernel: "k", initramfs: "i", env: {} } as const;
    expect(describeAgentMachine(images, [], 40_000)).not.toHaveProperty("firmware");
    expect(describeAgentMachine({ ...images, uefi: true }, [], 40_000)).toMatchObject({
      ...{ arch: "aarch64", firmware: "uefi", kernel: "k" },
    });
  });

  it("of run gets the same beside what it has", () => {
    const machine = inCompany(
      { arch: "x86_64", append: "quiet", nics: [{ model: "e1000", forwards: [{ hostPort: 2222, guestPort: 22 }] }] },
      { conductor: undefined as never, apiUrl: "http://10.0.2.2:1", agentPort: 3 },
    );
    expect(machine.append).toBe(
      "ipa-api-url=http://10.0.2.2:1 ipa-advertise-host=127.0.0.1 ipa-advertise-port=3 quiet",
    );
    expect(machine.nics?.[0]?.forwards).toEqual([
      { hostPort: 2222, guestPort: 22 },
      { hostPort: 3, guestPort: 9999 },
    ]);
    expect(machine.drives).toEqual([{ blankBytes: 4_831_838_208 }]);
  });

  it("has a disk that is read here, takes no room, and leaves nothing", async () => {
    const folder = temporaryFolder();
    const disk = await ScratchDisk.make(4 * 2 ** 30, { TMPDIR: folder });
    // where there is /proc no moment is left in which this program's end leaves a file
    expect(readdirSync(folder)).toHaveLength(process.platform === "linux" ? 0 : 1);
    const write = `exec 3<>"$1"; dd if=/dev/zero bs=100 count=1 status=none >&3; printf written >&3`;
    const writer = spawn("sh", ["-c", write, "sh", disk.path]);
    await once(writer, "exit");
    await disk.forgetName();
    expect(readdirSync(folder)).toEqual([]);
    expect((await disk.read(107)).subarray(100).toString()).toBe("written");
    const later = await open(disk.path, "r+");
    const { size, blocks } = await later.stat();
    expect([size, blocks * 512 < 2 ** 20]).toEqual([4 * 2 ** 30, true]);
    await later.close();
    await disk.close();
  });
});

describe("byLines", () => {
  it("hands on whole lines", () => {
    const seen: string[] = [];
    const add = byLines((lines) => void seen.push(lines));
    for (const piece of ["to", "ken=abc\nan", "d\nmore\n", "rest"]) add(piece);
    expect(seen).toEqual(["token=abc\n", "and\nmore\n"]);
  });
});
