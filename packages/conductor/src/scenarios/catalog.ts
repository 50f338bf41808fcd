import { boot } from "./boot.js";
import { cleanSteps } from "./steps.js";
import { ConductorError } from "../errors.js";
import { deploy } from "./deploy.js";
import { inspect } from "./inspect.js";
import { logs } from "./logs.js";
import { lostConductor } from "./lost-conductor.js";
import { powerOff } from "./power-off.js";
import { slowNetwork } from "./slow-network.js";
import { wrongToken } from "./wrong-token.js";
import type { Scenario } from "./scenario.js";

/** All scenarios, in an order that starts the machine as seldom as can be. */
export const scenarios: readonly Scenario[] = [
  ...[inspect, boot, cleanSteps, logs, wrongToken, lostConductor],
  ...[deploy, slowNetwork, powerOff],
];

/** The scenarios of these names, in the order of the names. Errors: `SCENARIO_UNKNOWN`. */
export function scenariosNamed(names: readonly string[]): readonly Scenario[] {
  return names.map((name) => {
    const found = scenarios.find((scenario) => scenario.name === name);
    if (found !== undefined) return found;
    throw new ConductorError("SCENARIO_UNKNOWN", `There is no scenario "${name}".`, {
      hint: `Choose from ${scenarios.map((scenario) => scenario.name).join(", ")}.`,
    });
  });
}
