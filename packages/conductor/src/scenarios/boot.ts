import { came, check } from "./check.js";
import { contact } from "./contact.js";
import type { Scenario } from "./scenario.js";

export const boot: Scenario = {
  name: "boot",
  description: "The agent looks its node up, sends a heartbeat, and answers at the address that it gave.",
  start: "running",
  async run(context) {
    const heartbeat = await contact(context);
    await context.step("the agent's status", async () => {
      const status = await context.agent().status(context.patience);
      check(
        status.version === heartbeat.agentVersion,
        `The agent says version ${status.version}, its heartbeat said ${heartbeat.agentVersion}.`,
      );
      const channel = context.agent().url.startsWith("https:") ? "over verified TLS" : "over plain HTTP";
      return came(`version ${status.version}, ${channel}`, undefined);
    });
    await context.step("the hardware", async () => {
      const hardware = await context.agent().execute("poll.get_hardware_info", {}, context.patience);
      const { interfaces, disks, cpu, memory } = hardware;
      check(interfaces.length > 0, "The agent sees no network card.");
      const mib = memory.physical_mb ?? "unknown";
      return came(`${cpu.count} CPUs, ${mib} MiB, ${interfaces.length} cards, ${disks.length} disks`, undefined);
    });
  },
};
