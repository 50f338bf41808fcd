import { abortable } from "../wait/abortable.js";
import { came } from "./check.js";
import { ConductorError } from "../errors.js";
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
    await context.step("standby.power_off, and the end of the machine", async () => {
      const end = abortable(started.exited, "the machine to end", patience);
      // The command's state is asked for until nobody answers any more, since the machine is off; a failure is told at once.
      const command = context
        .agent()
        .executeAny("standby.power_off", {}, patience)
        .catch((error: unknown) => {
          if (ConductorError.is(error) && error.code === "AGENT_UNREACHABLE") return undefined;
          throw error;
        });
      await Promise.all([end, command]);
      return came("it is off", undefined);
    });
  },
};
