import { came } from "./check.js";
import { contact, nextHeartbeat } from "./contact.js";
import { pause } from "../wait/pause.js";
import type { Scenario } from "./scenario.js";

export const lostConductor: Scenario = {
  name: "lost-conductor",
  description: "The conductor goes away and comes back, and the agent finds it again.",
  start: "running",
  async run(context) {
    await contact(context);
    const { conductor, patience } = context;
    // The agent lets pass 0.6 of the time-out at most: a shorter outage could go by unnoticed.
    const outageMs = Math.max(context.outageMs, conductor.heartbeatTimeout * 660);
    await nextHeartbeat(context, "a heartbeat before");
    await context.step(`${outageMs / 1000} s without a conductor`, async () => {
      await conductor.pause();
      try {
        await pause(outageMs, patience.signal);
        const { version } = await context.agent().status(patience);
        return came(`the agent, version ${version}, is still there`, undefined);
      } finally {
        await conductor.resume();
      }
    });
    await nextHeartbeat(context, "a heartbeat after");
    await context.step("a command after", async () => {
      await context.agent().execute("poll.get_hardware_info", {}, patience);
      return came("executed", undefined);
    });
  },
};
