import { nearestNames } from "@ipa-br/kconfig";
import * as v from "valibot";
import { CliError } from "../errors.js";
import { type Config, configKeys, configSchema } from "./schema.js";

/**
 * The content of a config file, checked.
 * @throws CliError CONFIG_INVALID
 */
export function validate(value: unknown, file: string): Config {
  const result = v.safeParse(configSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const key = issue.path?.map((item) => String(item.key)).join(".") ?? "";
  const unknown = issue.type === "strict_object" && key !== "" && !configKeys.includes(key);
  const near = unknown ? nearestNames(key, configKeys, 1) : [];
  throw new CliError(
    "CONFIG_INVALID",
    unknown ? `${file}: no setting is called "${key}"` : `${file}: ${key || "the file"}: ${issue.message}`,
    {
      hint: near.length > 0 ? `did you mean "${near[0]}"?` : `the settings are ${configKeys.join(", ")}`,
      details: { file, key },
    },
  );
}
