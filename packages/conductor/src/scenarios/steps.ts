import { came, check } from "./check.js";
import { contact } from "./contact.js";
import type { Scenario, ScenarioContext } from "./scenario.js";
import type { StepsByManager } from "../schemas/steps.js";

export const cleanSteps: Scenario = {
  name: "clean-steps",
  description: "The agent tells which clean and deploy steps its hardware managers offer.",
  start: "running",
  async run(context) {
    await contact(context);
    const parameters = stepParameters(context);
    await context.step("its clean steps", async () => {
      const result = await context.agent().execute("clean.get_clean_steps", parameters, context.patience);
      return described(result.clean_steps);
    });
    await context.step("its deploy steps", async () => {
      const result = await context.agent().execute("deploy.get_deploy_steps", parameters, context.patience);
      return described(result.deploy_steps);
    });
  },
};

function stepParameters(context: ScenarioContext) {
  const { uuid, macs } = context.conductor.node(context.node);
  const node = { uuid, properties: {}, instance_info: {}, driver_internal_info: {} };
  return { node, ports: macs.map((address) => ({ address })) };
}

function described(steps: StepsByManager) {
  const managers = Object.keys(steps);
  const count = Object.values(steps).flat().length;
  check(count > 0, "It offers none.", "A hardware manager may be missing from the image.");
  return came(`${count} of ${managers.join(", ")}`, undefined);
}
