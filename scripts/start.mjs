// `npm start`: installs what is missing, builds the packages, then does the main job on the embedded default:
// configure examples/miniroot with buildroot-ipa as its external tree, build, boot, and wait for the login prompt.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildPackages } from "./lib/build.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { ensureHostPackages } from "./lib/host-packages.mjs";
import { fail, refuseOddRoot, root, run } from "./lib/run.mjs";

const programs = ["qemu-system-x86_64", "busybox", "cpio", "xz", "make", "ps"];
const output = join(root, "output/miniroot");
const tree = [
  "--buildroot",
  join(root, "examples/miniroot"),
  "--external",
  join(root, "buildroot-ipa"),
  "--output",
  output,
];
const figures = [];

/** Does one step, keeps its seconds, and ends the script if it failed. */
async function step(name, action) {
  process.stdout.write(`\n== ${name}\n`);
  const startedAt = performance.now();
  const code = await action();
  if (code !== 0) process.exit(code);
  figures.push([name, `${((performance.now() - startedAt) / 1000).toFixed(1)} s`]);
}

const ipaBr = (...args) => {
  process.stdout.write(`$ ./ipa-br ${args.map((arg) => arg.replace(`${root}/`, "")).join(" ")}\n`);
  return run("./ipa-br", args, { env: process.env });
};

function printFigures() {
  const width = Math.max(...figures.map(([name]) => name.length));
  process.stdout.write(`\n${figures.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n")}\n`);
}

const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true && process.env.CI !== "true";

refuseOddRoot();
await step("Install dependencies", async () => {
  await ensureDependencies();
  await ensureHostPackages({ programs, required: true });
  return 0;
});
await step("Build the packages", () => {
  const built = buildPackages();
  if (!built.ok) {
    process.stderr.write(built.output);
    fail("the workspace does not build", "npm run build");
  }
  return 0;
});
await step("Configure", () => ipaBr("configure", "miniroot_defconfig", ...tree));
await step("Build the image", () => ipaBr("build", ...tree));

const images = join(output, "images");
for (const name of readdirSync(images).sort()) {
  const { size } = statSync(join(images, name));
  figures.push([join(images, name).replace(`${root}/`, ""), `${(size / 1024 / 1024).toFixed(2)} MiB`]);
}
if (interactive) printFigures();
await step("Boot to the login prompt", () =>
  ipaBr("run", "--until-login", ...(interactive ? ["--attach"] : []), "--output", output),
);
printFigures();
process.stdout.write(`\nThe images lie in ${images}. Boot them again (root, no password; Ctrl-a x leaves):
  ./ipa-br run --output output/miniroot
With real Buildroot, out of the submodule or a tree of your own:
  ./ipa-br build
`);
