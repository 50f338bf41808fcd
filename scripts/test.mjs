// `npm test`: installs what is missing, runs every check and every test through nx, and closes with one line of counts.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { ensureHostPackages } from "./lib/host-packages.mjs";
import { root, run } from "./lib/run.mjs";

const targets = ["lint", "format", "workspace", "typecheck", "build", "pack", "test"];

function projectFolders() {
  const nested = ["packages", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
  );
  return [...nested, join(root, "tests")].filter((folder) => existsSync(join(folder, "package.json")));
}

const folders = projectFolders();
for (const folder of folders) rmSync(join(folder, "reports"), { recursive: true, force: true });

await ensureDependencies();
await ensureHostPackages({ required: false });

const code = await run("nx", ["run-many", "--targets", targets.join(","), "--parallel=2", "--outputStyle=static"]);

const { tasks } = JSON.parse(readFileSync(join(root, ".nx/cache/run.json"), "utf8"));
const names = new Map(
  folders.map((folder) => [JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name, folder]),
);

let passed = 0;
let failed = 0;
const skipped = [];
const broken = [];
for (const { taskId, projectName, status } of tasks) {
  const report = join(names.get(projectName) ?? "", "reports/tests.json");
  if (taskId.endsWith(":test") && existsSync(report)) {
    const counts = JSON.parse(readFileSync(report, "utf8"));
    passed += counts.passed;
    failed += counts.failed;
    skipped.push(...counts.skipped.map((test) => ({ ...test, projectName })));
    if (status !== 0 && counts.failed === 0) failed++;
  } else if (status === 0) passed++;
  else failed++;
  if (status !== 0) broken.push(taskId);
}
if (code !== 0 && failed === 0) failed++;

for (const { projectName, name, reason } of skipped)
  process.stdout.write(`skipped: ${projectName}: ${name}\n         ${reason}\n`);
for (const task of broken) process.stdout.write(`failed: ${task}\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
