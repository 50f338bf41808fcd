import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.js";

export default mergeConfig(
  shared,
  defineConfig({
    // The README's examples import the package by its name.
    resolve: { alias: { "@ipa-br/preset-ipa": fileURLToPath(new URL("src/index.ts", import.meta.url)) } },
    test: { name: "preset-ipa" },
  }),
);
