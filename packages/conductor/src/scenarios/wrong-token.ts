import { came, check, refused } from "./check.js";
import { contact, nextHeartbeat } from "./contact.js";
import { heartbeatWith } from "./own-heartbeat.js";
import type { Scenario } from "./scenario.js";

const wrong = "0123456789abcdef0123456789abcdef-wrong";

export const wrongToken: Scenario = {
  name: "wrong-token",
  description: "Agent and conductor refuse whoever does not know the token, and go on.",
  start: "running",
  async run(context) {
    await contact(context);
    const { patience } = context;
    await context.step("a command with a wrong token", async () => {
      const stranger = context.agent().withToken(wrong);
      const message = await refused(() => stranger.start("poll.get_hardware_info", {}, patience), "AGENT_UNAUTHORIZED");
      return came(message, undefined);
    });
    await context.step("the commands with a wrong token", async () => {
      const message = await refused(() => context.agent().withToken(wrong).commands(patience), "AGENT_UNAUTHORIZED");
      return came(message, undefined);
    });
    await context.step("the conductor's answer to a heartbeat with a wrong token", async () => {
      const status = await heartbeatWith(context, wrong);
      check(status === 400, `The conductor answered ${status}.`);
      return came("400", undefined);
    });
    await nextHeartbeat(context, "the agent's next heartbeat");
  },
};
