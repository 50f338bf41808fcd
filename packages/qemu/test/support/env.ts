import type { Environment } from "../../src/index.js";

/** The test run's environment: the package itself takes it as a parameter only. */
export const env: Environment = process.env;
