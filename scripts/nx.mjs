// nx with the workspace's own pnpm on the PATH, no daemon and no full-screen display.
import { ensureDependencies } from "./lib/dependencies.mjs";
import { run } from "./lib/run.mjs";

await ensureDependencies();
process.exitCode = await run("nx", process.argv.slice(2));
