// `./ipa-br ARGS`: the command of this clone, built when stale.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { buildPackages } from "./lib/build.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { fail, refuseOddRoot, root } from "./lib/run.mjs";

refuseOddRoot();
await ensureDependencies();
const built = buildPackages();
if (!built.ok) {
  process.stderr.write(built.output);
  fail("the workspace does not build", "npm run build");
}

const child = spawn(process.execPath, [join(root, "packages/cli/dist/bin.js"), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, IPA_BR_CLONE: root },
});
// The terminal sends Ctrl+C to the whole group, and the command decides what it means.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  });
}
child.once("close", (code, signal) => {
  process.exitCode = code ?? 128 + (signal === "SIGKILL" ? 9 : 15);
});
