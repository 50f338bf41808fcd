import { fileURLToPath } from "node:url";
import type { ViteUserConfig } from "vitest/config";

const reporter = fileURLToPath(new URL("scripts/test-reporter.mjs", import.meta.url));

/** What every package's vitest.config.ts starts from: sources instead of builds, and a report to count. */
export const shared: ViteUserConfig = {
  resolve: { conditions: ["@ipa-br/source", "node", "import", "default"] },
  ssr: { resolve: { conditions: ["@ipa-br/source", "node", "import", "default"] } },
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", reporter],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
  },
};
