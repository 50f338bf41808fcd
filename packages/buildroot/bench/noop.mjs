// A build in which nothing is to be done: `ipa-br build` and a bare `make`, in turns, whole processes; by the clock and by the
// processor time of all that they start. Build first (npm run build at the top), then:
// node bench/noop.mjs [turns] [OUTPUT [external]]
// OUTPUT is a folder that is built already; without it a small one of the tests' is made, with real Buildroot.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openBuildroot } from "../dist/index.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const turns = Number(process.argv[2] ?? 5);
const given = process.argv[3];
const buildroot = here("../../../buildroot");
const external = process.argv[4] ?? here("../test/fixtures/rebuild");
const folder = mkdtempSync(join(tmpdir(), "noop-bench-"));
const output = given === undefined ? join(folder, "out") : resolve(given);
const targets = given === undefined ? ["ipabr-app", "ipabr-other"] : [];

/** Processor time of the children that have ended: proc(5), cutime and cstime. */
function childSeconds() {
  const fields = readFileSync("/proc/self/stat", "latin1")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function run(file, args) {
  const [wall, cpu] = [performance.now(), childSeconds()];
  const result = spawnSync(file, args, { encoding: "utf8", env: { ...process.env, ...tree.environment() } });
  if (result.status !== 0) throw new Error(`${file}: ${result.stderr}`);
  return { wall: (performance.now() - wall) / 1000, cpu: childSeconds() - cpu };
}

const options = { buildroot, output, externals: [external], env: process.env };
const tree = await openBuildroot(options);
try {
  if (given === undefined) await tree.configure({ defconfig: "ipabr_rebuild_defconfig" });
  await tree.build({ targets }).result;
  const bin = here("../../cli/dist/bin.js");
  const ours = [bin, "build", "--buildroot", buildroot, "--external", external, "--output", output, ...targets];
  const bare = ["-C", buildroot, `O=${output}`, ...targets];
  const seen = { bare: [], ours: [] };
  for (let turn = 0; turn < turns; turn++) {
    // Each is first in every other turn.
    const order = turn % 2 === 0 ? ["bare", "ours"] : ["ours", "bare"];
    for (const one of order) seen[one].push(one === "bare" ? run("make", bare) : run(process.execPath, ours));
    const [a, b] = [seen.bare.at(-1), seen.ours.at(-1)];
    console.log(
      `turn ${turn + 1}: make ${a.wall.toFixed(1)} s (${a.cpu.toFixed(2)} s of processor time), ` +
        `ipa-br ${b.wall.toFixed(1)} s (${b.cpu.toFixed(2)} s)`,
    );
  }
  const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
  for (const what of ["wall", "cpu"]) {
    const [a, b] = [median(seen.bare.map((one) => one[what])), median(seen.ours.map((one) => one[what]))];
    console.log(`median ${what}: make ${a.toFixed(2)} s, ipa-br ${b.toFixed(2)} s, ratio ${(b / a).toFixed(3)}`);
  }
  console.log(`load ${loadavg()[0].toFixed(1)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
