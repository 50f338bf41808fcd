import { abortable } from "../wait/abortable.js";
import { came } from "./check.js";
import { contact } from "./contact.js";
import type { Scenario } from "./scenario.js";

export const powerOff: Scenario = {
  name: "power-off",
  description: "The agent turns its machine off.",
  start: "running",
  ends: true,
  obstacle: (machine) => (machine.disposable ? undefined : "the machine is not disposable: its power must stay on"),
  async run(context) {
    await contact(context);
    const { started, patience } = context;
    await context.step("standby.power_off", async () => {
      const state = await context.agent().start("standby.power_off", {}, patience);
      return came(state.command_status, undefined);
    });
    await context.step("the end of the machine", async () => {
      await abortable(started.exited, "the machine to end", patience);
      return came("it is off", undefined);
    });
  },
};
