import { came } from "./check.js";
import { contact, nextHeartbeat } from "./contact.js";
import type { Scenario } from "./scenario.js";

export const slowNetwork: Scenario = {
  name: "slow-network",
  description: "Every answer of the conductor is late, and the agent still finds its node and goes on.",
  start: "fresh",
  async run(context) {
    const { conductor, outageMs } = context;
    conductor.delay(outageMs);
    try {
      await contact(context);
      await nextHeartbeat(context, `a heartbeat, each answer ${outageMs / 1000} s late`);
      await context.step("the agent's status", async () => {
        const { version } = await context.agent().status(context.patience);
        return came(`version ${version}`, undefined);
      });
    } finally {
      conductor.delay(0);
    }
  },
};
