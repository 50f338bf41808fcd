import * as v from "valibot";
import { came, check } from "./check.js";
import { complaint } from "../schemas/common.js";
import { contact } from "./contact.js";
import { inventory } from "../schemas/inspection.js";
import { normalizeMac } from "../nodes/mac.js";
import type { Scenario } from "./scenario.js";

export const inspect: Scenario = {
  name: "inspect",
  description: "The agent sends its inventory to the inspection callback, then looks its node up.",
  start: "inspecting",
  async run(context) {
    const { conductor, node, patience } = context;
    await context.step("inspection data", async () => {
      const { data } = await conductor.waitForInspection(node, patience);
      const parsed = v.safeParse(inventory, data["inventory"]);
      check(
        parsed.success,
        `The inventory is not what the protocol says: ${parsed.success ? "" : complaint(parsed.issues)}.`,
      );
      const error = data["error"] ?? null;
      check(error === null, `The agent reports: ${String(error)}`, "A collector failed; its programs may be missing.");
      const macs = parsed.output.interfaces.map((card) => normalizeMac(card.mac_address ?? ""));
      const known = conductor.node(node).macs;
      check(
        known.some((mac) => macs.includes(mac)),
        `None of the node's addresses is in the inventory, which has ${macs.join(", ")}.`,
      );
      return came(`an inventory with ${macs.length} cards and ${parsed.output.disks.length} disks`, undefined);
    });
    await contact(context);
  },
};
