import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { PNG } from "pngjs";
import { expect, it } from "vitest";
import { agentAnswer, findUefi, kernelPanic, type Machine } from "../src/index.js";
import { searchPath } from "../src/host/search-path.js";
import { env } from "./support/env.js";
import { linuxMachine, patience, started, temporaryFolder, virtioDrivers } from "./support/guest.js";
import { testAgent } from "./support/qemu-ga.js";

const slow = { timeout: 400_000 };

/** Answers the power button, as an image's init would. */
const powerButton = `#!/bin/sh
mkdir -p /var/run /var/log /etc/acpi/PWRF
printf '#!/bin/sh\\npoweroff -f\\n' >/etc/acpi/PWRF/00000080
chmod +x /etc/acpi/PWRF/00000080
acpid
`;

it("guest agent, screen and power button of one guest", slow, async (context) => {
  const agentFiles = await testAgent();
  if ("unavailable" in agentFiles) return context.skip(agentFiles.unavailable);
  const machine = await linuxMachine(context, {
    drivers: [...virtioDrivers, "virtio_console", "button", "evdev"],
    entries: agentFiles.entries,
    start: `${powerButton}qemu-ga --path=/dev/vport0p1 --statedir=/run --daemonize\n`,
  });
  const tmp = await temporaryFolder();
  const running = await started(
    { ...machine, memory: 512, guestAgent: true, screen: true, nics: [{}] },
    { env: { ...env, TMPDIR: tmp } },
  );
  const { console, agent } = running;
  const info = await console.waitFor(agentAnswer(agent), patience);
  expect(info.version).toMatch(/^\d+\.\d+/);
  expect(info.supported_commands.find(({ name }) => name === "guest-exec")).toMatchObject({ enabled: true });
  await agent.ping(patience);
  const program = {
    file: "/bin/sh",
    args: ["-c", "cat; echo größe $X >&2; exit 3"],
    env: { X: "it's" },
    input: "given",
  };
  expect(await agent.exec(program, patience)).toEqual({
    exitCode: 3,
    signal: undefined,
    stdout: "given",
    stderr: "größe it's\n",
    truncated: false,
  });
  const [first, second] = await Promise.all([
    agent.exec({ file: "/bin/echo", args: ["one"] }, patience),
    agent.execute("guest-get-host-name", undefined, patience),
  ]);
  expect([first.stdout, second]).toEqual(["one\n", { "host-name": "testbox" }]);
  await expect(agent.exec({ file: "/bin/absent" }, patience)).rejects.toMatchObject({ code: "AGENT_FAILED" });
  await expect(agent.exec({ file: "/bin/sleep", args: ["600"] }, { timeoutMs: 1500 })).rejects.toMatchObject({
    code: "WAIT_TIMEOUT",
    message: expect.stringContaining("/bin/sleep"),
  });
  // The answer that came too late is not taken for the next one.
  expect((await agent.exec({ file: "/bin/echo", args: ["two"] }, patience)).stdout).toBe("two\n");

  // QEMU's own PNG, where it writes one, shows the same picture; the guest stands still meanwhile.
  await running.qmp.execute("stop");
  const { png, width, height } = await running.screenshot();
  const decoded = PNG.sync.read(Buffer.from(png));
  expect([decoded.width, decoded.height]).toEqual([width, height]);
  expect([width, height]).toEqual([720, 400]);
  expect(new Set(decoded.data).size).toBeGreaterThan(1);
  const filename = `${tmp}/qemu.png`;
  await running.qmp.execute("screendump", { filename, format: "png" });
  expect(PNG.sync.read(await readFile(filename)).data.equals(decoded.data)).toBe(true);
  await running.qmp.execute("cont");

  await console.login({ user: "root" }, patience);
  expect((await console.exec("ls /sys/bus/acpi/drivers/button", patience)).output).toContain("LNXPWRBN");
  const stopped = await running.powerDown(patience);
  expect(stopped).toMatchObject({ state: "stopped", exit: { code: 0 } });
  expect(stopped.transcript).toContain("reboot: Power down");
  await expect(agent.ping(patience)).rejects.toMatchObject({ code: "MACHINE_EXITED" });
  expect(await readdir(tmp)).toEqual(["qemu.png"]);
});

it("tells that a machine has no agent and no screen", slow, async (context) => {
  const running = await started(await linuxMachine(context));
  await expect(running.agent.ping(patience)).rejects.toMatchObject({ code: "AGENT_FAILED" });
  await expect(running.screenshot()).rejects.toMatchObject({
    code: "QMP_FAILED",
    hint: expect.stringContaining("screen"),
  });
  await running.console.login({ user: "root" }, patience);
  // A panic fails a command at once, with the trace of what it came from.
  await expect(running.console.exec("echo c >/proc/sysrq-trigger", patience)).rejects.toMatchObject({
    code: "KERNEL_PANIC",
    message: expect.stringMatching(/sysrq triggered crash\n(.*\n)*.*(Call Trace|Kernel panic)/),
    details: { trace: expect.stringContaining("sysrq_handle_crash") },
  });
  expect(await running.console.waitFor(kernelPanic(), patience)).toContain("sysrq triggered crash");
});

/** What the guest finds: a TPM 2.0 into whose first register the firmware measured the start. */
const tpmFacts = `cat /sys/class/tpm/tpm0/tpm_version_major; grep -c '^0*$' /sys/class/tpm/tpm0/pcr-sha256/0`;

it("a TPM 2.0 by CRB, that the BIOS and the guest see, gone with its machine", slow, async (context) => {
  context.skip((await searchPath("swtpm", env)) === undefined, "no swtpm (Debian's package swtpm)");
  const tmp = await temporaryFolder();
  const machine: Machine = { ...(await linuxMachine(context)), tpm: { interface: "crb" } };
  const running = await started(machine, { env: { ...env, TMPDIR: tmp } });
  await running.console.login({ user: "root" }, patience);
  expect((await running.console.exec(tpmFacts, patience)).output).toBe("2\n0\n");
  await running.stop();
  expect(await readdir(tmp)).toEqual([]);
});

it("UEFI with a TPM, its variables thrown away", slow, async (context) => {
  context.skip((await searchPath("swtpm", env)) === undefined, "no swtpm (Debian's package swtpm)");
  const uefi = await findUefi({ arch: "x86_64", type: "q35" }, { env }).catch((error: Error) => error);
  if (uefi instanceof Error) return context.skip(uefi.message);
  const sum = async () =>
    createHash("sha256")
      .update(await readFile(uefi.uefiVariables))
      .digest("hex");
  const before = await sum();
  const machine = await linuxMachine(context, { drivers: ["efivarfs"] });
  const tmp = await temporaryFolder();
  const described: Machine = { ...machine, type: "q35", firmware: "uefi", tpm: true };
  const running = await started(described, { env: { ...env, TMPDIR: tmp } });
  await running.console.login({ user: "root" }, patience);
  const variable = "/sys/firmware/efi/efivars/Mine-12345678-1234-1234-1234-123456789abc";
  const facts = await running.console.exec(
    [
      tpmFacts,
      "mount -t efivarfs e /sys/firmware/efi/efivars",
      `printf '\\007\\000\\000\\000x' >${variable} && tail -c 1 ${variable}`,
    ].join("; "),
    patience,
  );
  expect(facts).toEqual({ exitCode: 0, output: "2\n0\nx" });
  await running.stop();
  expect(await sum()).toBe(before);
  expect(await readdir(tmp)).toEqual([]);
});
