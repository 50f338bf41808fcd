import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/parser.ts", "src/conf.ts", "src/node.ts"],
  format: "esm",
  target: "node20",
  platform: "neutral",
  dts: false,
  clean: true,
  sourcemap: true,
  splitting: true,
});
