import { gunzipSync } from "node:zlib";
import { came, check } from "./check.js";
import { contact } from "./contact.js";
import { tarNames } from "./tar.js";
import type { Scenario } from "./scenario.js";

export const logs: Scenario = {
  name: "logs",
  description: "The agent packs its logs, and they can be unpacked.",
  start: "running",
  async run(context) {
    await contact(context);
    await context.step("the system's logs", async () => {
      const result = await context.agent().execute("log.collect_system_logs", {}, context.patience);
      const packed = Buffer.from(result.system_logs, "base64");
      const names = tarNames(gunzipped(packed));
      check(names.length > 0, "The archive is empty.");
      return came(`${packed.length} bytes, ${names.length} files: ${names.slice(0, 5).join(", ")}`, undefined);
    });
  },
};

function gunzipped(packed: Buffer): Buffer {
  try {
    return gunzipSync(packed);
  } catch {
    check(false, "The logs are no gzip archive.");
  }
}
