// A whole image with real Buildroot, from nothing to its files, as often as asked in the same output folder, without network;
// the images of every turn must be identical. Build first (pnpm run build), then:
// node bench/image.mjs [--defconfig NAME] [--external DIR] [--fragment FILE]... --dl-dir DIR [--turns 2] OUTPUT
// OUTPUT is removed first. The first fragment is that of `ipa-br toolchain debian`.
import { createHash } from "node:crypto";
import { createReadStream, readFileSync, rmSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openBuildroot } from "../dist/index.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    buildroot: { type: "string", default: here("../../../buildroot") },
    external: { type: "string", default: here("../../../buildroot-ipa") },
    defconfig: { type: "string", default: "ipa_busybox_defconfig" },
    fragment: { type: "string", multiple: true, default: [] },
    "dl-dir": { type: "string" },
    turns: { type: "string", default: "2" },
  },
});
const output = resolve(positionals[0]);

/** Seconds of processor time of this process' children that have ended: proc(5), cutime and cstime in hundredths. */
function childSeconds() {
  const fields = readFileSync("/proc/self/stat", "latin1")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

async function sha256(path) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

async function turn(number) {
  rmSync(output, { recursive: true, force: true });
  const [wall, cpu] = [performance.now(), childSeconds()];
  const tree = await openBuildroot({
    buildroot: values.buildroot,
    output,
    externals: [values.external],
    env: process.env,
    ...(values["dl-dir"] === undefined ? {} : { dlDir: resolve(values["dl-dir"]) }),
    onEvent: (event) => {
      if (event.type === "warning") console.log(`warning: ${event.message}`);
    },
  });
  await tree.configure({
    defconfig: values.defconfig,
    fragments: values.fragment.map((path) => resolve(path)),
    reproducible: true,
  });
  const { steps, images } = await tree.build({ offline: true, jobs: availableParallelism() }).result;
  const seconds = (performance.now() - wall) / 1000;
  const packages = new Map();
  for (const step of steps) packages.set(step.package, (packages.get(step.package) ?? 0) + step.seconds);
  const linux = packages.get("linux") ?? 0;
  const load = loadavg().map((one) => one.toFixed(1));
  console.log(
    `turn ${number}: ${seconds.toFixed(0)} s, of it ${linux.toFixed(0)} s for the kernel; ` +
      `${(childSeconds() - cpu).toFixed(0)} s of processor time; load ${load.join(" ")}`,
  );
  for (const [name, took] of [...packages].sort((a, b) => b[1] - a[1]).slice(0, 12))
    console.log(`  ${String(name ?? "(images and checks)").padEnd(24)} ${took.toFixed(1)} s`);
  return new Map(await Promise.all(images.map(async ({ name, path }) => [name, await sha256(path)])));
}

const turns = Number(values.turns);
let first;
let differs = 0;
for (let number = 1; number <= turns; number++) {
  const sums = await turn(number);
  first ??= sums;
  for (const name of new Set([...first.keys(), ...sums.keys()])) {
    const same = first.get(name) === sums.get(name);
    if (!same) differs++;
    console.log(`  ${sums.get(name) ?? "absent"}  ${name}${number === 1 ? "" : same ? " identical" : " DIFFERS"}`);
  }
}
process.exitCode = differs === 0 ? 0 : 1;
