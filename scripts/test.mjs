// `npm test`: installs what is missing, runs every check and every test through nx, and closes with one line of counts.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { ensureHostPackages } from "./lib/host-packages.mjs";
import { packagesIn } from "./lib/packages.mjs";
import { refuseOddRoot, root, run } from "./lib/run.mjs";

const targets = ["lint", "format", "workspace", "typecheck", "build", "pack", "test"];

const projects = [
  ...packagesIn("packages", "examples"),
  ...packagesIn(".").filter(({ folder }) => folder.endsWith("/tests")),
];
const folders = projects.map(({ folder }) => folder);
const summary = join(root, ".nx/cache/run.json");
rmSync(summary, { force: true });
for (const folder of folders) rmSync(join(folder, "reports"), { recursive: true, force: true });

refuseOddRoot();
await ensureDependencies();
await ensureHostPackages({ required: false });

const code = await run("nx", ["run-many", "--targets", targets.join(","), "--parallel=2", "--outputStyle=static"]);

const { tasks } = existsSync(summary) ? JSON.parse(readFileSync(summary, "utf8")) : { tasks: [] };
const names = new Map(projects.map(({ folder, manifest }) => [manifest.name, folder]));

let passed = 0;
let failed = 0;
const skipped = new Map();
const failures = [];
const broken = [];
for (const { taskId, projectName, status } of tasks) {
  const report = join(names.get(projectName) ?? "", "reports/tests.json");
  if (taskId.endsWith(":test") && existsSync(report)) {
    const counts = JSON.parse(readFileSync(report, "utf8"));
    passed += counts.passed;
    failed += counts.failures.length;
    failures.push(...counts.failures.map((test) => ({ ...test, projectName })));
    for (const { name, reason } of counts.skipped) {
      const key = `${projectName}: ${reason}`;
      skipped.set(key, [...(skipped.get(key) ?? []), name]);
    }
    if (status !== 0 && counts.failures.length === 0) failed++;
  } else if (status === 0) passed++;
  else failed++;
  if (status !== 0) broken.push(taskId);
}
if (code !== 0 && failed === 0) failed++;

for (const [reason, names] of skipped)
  process.stdout.write(`skipped: ${reason}\n${names.map((name) => `         ${name}\n`).join("")}`);
for (const { projectName, name, error } of failures)
  process.stdout.write(`failed: ${projectName}: ${name}\n${error.slice(0, 4000).replaceAll(/^/gm, "        ")}\n`);
for (const task of broken) process.stdout.write(`failed: ${task}\n`);
const skips = [...skipped.values()].flat().length;
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skips} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
