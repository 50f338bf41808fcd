import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createConfiguration, dialects } from "../src/index.js";
import { treeOf } from "./support/tree.js";

const folder = fileURLToPath(new URL("cases", import.meta.url));

// Each folder: a Kconfig, a config to load as a defconfig, what the dialect's C tool made of it, and a note that says why.
describe("cases", () => {
  for (const name of readdirSync(folder)) {
    const read = (file: string): string => readFileSync(join(folder, name, file), "utf8");
    it(`${name}: ${read("note.md").trim()}`, () => {
      const dialect = dialects[read("dialect").trim() as keyof typeof dialects];
      const configuration = createConfiguration(treeOf(read("Kconfig"), dialect));
      configuration.loadDefconfig(read("config"));
      expect(configuration.writeConfig()).toBe(read("expected_config"));
      configuration.load(read("expected_config"));
      expect(configuration.writeMinimal()).toBe(read("expected_minimal"));
    });
  }
});
