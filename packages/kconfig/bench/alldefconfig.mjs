// Buildroot's alldefconfig, C conf and this package in turns: whole processes (`ipa-br kconfig conf`), and the library warm.
// Build first (pnpm run build), then: node bench/alldefconfig.mjs [turns]
// Prints the time on the clock, and that of the processor: of C's process, and of the thread that everything waits for in ours,
// since the clock of a machine with other work to do tells nothing.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const turns = Number(process.argv[2] ?? 9);
const buildroot = fileURLToPath(new URL("../../../buildroot", import.meta.url));
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const command = fileURLToPath(new URL("../../cli/dist/bin.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "kconfig-bench-"));
const middle = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const median = (times) => ({
  clock: middle(times.map(({ clock }) => clock)),
  busy: middle(times.map(({ busy }) => busy)),
});
const busyTime = () => Number(readFileSync("/proc/self/schedstat", "utf8").split(" ")[0]) / 1e6;

try {
  execFileSync("make", ["-C", buildroot, `O=${folder}`, "allnoconfig"], { stdio: "ignore" });
  const env = {
    PATH: process.env.PATH,
    BR2_CONFIG: join(folder, "bench.config"),
    BASE_DIR: folder,
    BR2_DEFCONFIG: "",
    BR2_EXTERNAL_NAMES: "",
    BR2_HIDE_SECONDARY_TARGET_OPTIONS: "n",
    BR2_VERSION: "2026.02.3",
    BR2_VERSION_FULL: "2026.02.3",
    HOSTARCH: "x86_64",
    HOST_GCC_VERSION: "12",
    SKIP_LEGACY: "",
    XDG_CACHE_HOME: join(folder, "cache"),
  };
  // says the processor's time of the main thread when a process ends
  const told = join(folder, "told.cjs");
  writeFileSync(
    told,
    `process.on("exit", () => console.error(Number(require("node:fs").readFileSync("/proc/self/schedstat", "utf8").split(" ")[0]) / 1e9));`,
  );
  const conf = join(folder, "build/buildroot-config/conf");
  const timed = (run) => {
    const start = performance.now();
    const busy = busyTime();
    const seconds = run();
    return { clock: performance.now() - start, busy: seconds === undefined ? busyTime() - busy : 1000 * seconds };
  };
  const spawn = (file, args) => {
    rmSync(env.BR2_CONFIG, { force: true });
    const { status, stderr } = spawnSync(file, args, { cwd: buildroot, env, stdio: ["ignore", "ignore", "pipe"] });
    if (status !== 0) throw new Error(String(stderr));
    // the last line that each of them writes: the seconds of the processor
    return Number(
      String(stderr)
        .trim()
        .split("\n")
        .at(-1)
        .split("+")
        .reduce((sum, part) => sum + Number(part), 0),
    );
  };
  const runConf = () =>
    spawn("/bin/bash", ["-c", 'TIMEFORMAT=%U+%S; time "$@"', "bash", conf, "--alldefconfig", "Config.in"]);
  const runOurs = (...options) =>
    spawn(process.execPath, ["--require", told, command, "kconfig", "conf", ...options, "--alldefconfig", "Config.in"]);
  const { createConfiguration, dialects, loadTree, TreeCache } = await import(join(dist, "index.js"));
  const { nodeHost } = await import(join(dist, "node.js"));
  const root = join(buildroot, "Config.in");
  const cache = new TreeCache();
  const times = { conf: [], process: [], stored: [], load: [], again: [], evaluate: [], toggle: [] };
  let written = "";
  for (let turn = 0; turn < turns; turn++) {
    times.conf.push(timed(runConf));
    const expected = readFileSync(env.BR2_CONFIG, "utf8");
    times.process.push(timed(() => runOurs("--no-cache")));
    if (readFileSync(env.BR2_CONFIG, "utf8") !== expected) throw new Error("The two configurations differ.");
    if (turn === 0) runOurs();
    times.stored.push(timed(() => runOurs()));
    if (readFileSync(env.BR2_CONFIG, "utf8") !== expected) throw new Error("The stored tree's configuration differs.");
    let tree;
    times.load.push(
      timed(() => {
        tree = loadTree({ root, host: nodeHost(), dialect: dialects.buildroot, env });
      }),
    );
    times.again.push(
      timed(() => {
        loadTree({ root, host: nodeHost(), dialect: dialects.buildroot, env, cache });
      }),
    );
    const configuration = createConfiguration(tree);
    times.evaluate.push(
      timed(() => {
        configuration.preset("default");
        written = configuration.writeConfig();
      }),
    );
    if (written !== expected) throw new Error("The warm library's configuration differs.");
    for (const symbol of tree.symbols.filter((entry) => entry.type === "bool").slice(0, 2000)) {
      const value = configuration.value(symbol.name) === "y" ? "n" : "y";
      const start = performance.now();
      configuration.assign(symbol.name, value);
      times.toggle.push(performance.now() - start);
      configuration.unassign(symbol.name);
    }
  }
  const toggles = times.toggle.toSorted((a, b) => a - b);
  const c = median(times.conf);
  const column = (value, whole) => `${value.toFixed(1).padStart(8)} ms ${(value / whole).toFixed(2).padStart(5)}`;
  const line = (name, { clock, busy }) =>
    console.log(`${name.padEnd(44)} ${column(clock, c.clock)}   processor ${column(busy, c.busy)}`);
  const sum = (one, other) => ({ clock: one.clock + other.clock, busy: one.busy + other.busy });
  line("C conf --alldefconfig, whole process", c);
  line("this package, whole process, nothing kept", median(times.process));
  line("  with the tree kept from an earlier process", median(times.stored));
  line("this package warm, tree read from disk", sum(median(times.load), median(times.evaluate)));
  line("  the same with a tree cache", sum(median(times.again), median(times.evaluate)));
  line("  of it evaluation and writing", median(times.evaluate));
  const at = (share) => toggles[Math.floor(toggles.length * share)];
  console.log(
    `toggle one bool, read what changed: median ${at(0.5).toFixed(3)} ms, p95 ${at(0.95).toFixed(3)} ms (${toggles.length} toggles)`,
  );
  console.log(`${turns} turns, Node ${process.version}; medians, and of C's`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
