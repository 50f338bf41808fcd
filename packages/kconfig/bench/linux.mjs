// A kernel's alldefconfig, C conf and `ipa-br kconfig conf` in turns, whole processes and their memory; toggles in the library.
// Build first (pnpm run build), then: node bench/linux.mjs TREE CONF [turns], where CONF is the tree's built
// scripts/kconfig/conf (make -C TREE O=OUT allnoconfig). A shell-cache.so beside CONF, which the tests make, gives C's
// run with replayed answers.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [tree, conf] = process.argv.slice(2, 4).map((path) => resolve(path));
const turns = Number(process.argv[4] ?? 7);
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const command = fileURLToPath(new URL("../../cli/dist/bin.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "kconfig-bench-"));
// where conf writes; the tree is found by srctree
const work = join(folder, "work");
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const at = (values, share) => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)];

const makefile = readFileSync(join(tree, "Makefile"), "utf8");
const part = (name) => new RegExp(`^${name} = (\\d+)`, "m").exec(makefile)?.[1] ?? "0";
const env = {
  PATH: process.env.PATH,
  ARCH: "x86",
  SRCARCH: "x86",
  srctree: tree,
  KERNELVERSION: `${part("VERSION")}.${part("PATCHLEVEL")}.0`,
  CC: "gcc",
  LD: "ld",
  NM: "nm",
  OBJCOPY: "objcopy",
  AR: "ar",
  PYTHON3: "python3",
  RUSTC: "rustc",
  BINDGEN: "bindgen",
  CC_VERSION_TEXT: "gcc",
  RUSTC_VERSION_TEXT: "",
  PAHOLE_VERSION: "0",
  KCONFIG_CONFIG: join(folder, "bench.config"),
};

const script = (body) => {
  const path = join(folder, `script-${body.length}.mjs`);
  writeFileSync(
    path,
    `import { createConfiguration, detectDialect, loadTree } from ${JSON.stringify(join(dist, "index.js"))};
import { nodeHost } from ${JSON.stringify(join(dist, "node.js"))};
import { writeFileSync } from "node:fs";
const tree = ${JSON.stringify(tree)};
const dialect = detectDialect(tree, nodeHost());
${body}`,
  );
  return path;
};
const run = (file, args, more = {}) => {
  rmSync(env.KCONFIG_CONFIG, { force: true });
  const start = performance.now();
  const result = spawnSync(file, args, { cwd: work, env: { ...env, ...more }, encoding: "utf8" });
  if (result.status !== 0) throw new Error(`${file}: ${result.stderr}`);
  return { time: performance.now() - start, config: readFileSync(env.KCONFIG_CONFIG, "utf8"), stdout: result.stdout };
};

try {
  mkdirSync(work);
  // says the peak memory of a process when it ends
  const told = join(folder, "told.cjs");
  writeFileSync(told, 'process.on("exit", () => console.log(process.resourceUsage().maxRSS));');
  const ours = (cache) =>
    run(process.execPath, ["--require", told, command, "kconfig", "conf", "--alldefconfig", "Kconfig"], {
      XDG_CACHE_HOME: cache,
    });
  const library = join(dirname(conf), "shell-cache.so");
  const replay = existsSync(library) ? { LD_PRELOAD: library, SHELL_CACHE: join(folder, "answers") } : undefined;
  mkdirSync(join(folder, "answers"));
  if (replay !== undefined) run(conf, ["--alldefconfig", "Kconfig"], replay);
  const kept = join(folder, "kept");
  // the first run keeps the answers, the second one the tree
  for (let turn = 0; turn < 2; turn++) ours(kept);
  // the folder's name is part of the environment that answers hold for
  const withShell = join(folder, "with-shell");
  ours(withShell);
  const times = { full: [], replayed: [], cold: [], answers: [], kept: [] };
  let peak = 0;
  for (let turn = 0; turn < turns; turn++) {
    const expected = run(conf, ["--alldefconfig", "Kconfig"]);
    times.full.push(expected.time);
    if (replay !== undefined) times.replayed.push(run(conf, ["--alldefconfig", "Kconfig"], replay).time);
    const check = (name, cache) => {
      const { time, config, stdout } = ours(cache);
      if (config !== expected.config) throw new Error(`The configurations differ (${name}).`);
      peak = Math.max(peak, Number(stdout.trim().split("\n").at(-1)));
      times[name].push(time);
    };
    rmSync(join(folder, "fresh"), { recursive: true, force: true });
    check("cold", join(folder, "fresh"));
    rmSync(join(withShell, "ipa-br/kconfig/trees"), { recursive: true, force: true });
    check("answers", withShell);
    check("kept", kept);
  }
  const full = median(times.full);
  const replayed = replay === undefined ? undefined : median(times.replayed);
  const line = (name, value) =>
    console.log(
      `${name.padEnd(52)} ${value.toFixed(0).padStart(6)} ms   ${(value / full).toFixed(2)} of C` +
        (replayed === undefined ? "" : `   ${(value / replayed).toFixed(2)} of C replayed`),
    );
  line("C conf --alldefconfig, whole process", full);
  if (replayed !== undefined) line("C conf, its shell answered from a cache", replayed);
  line("this package, nothing kept, probes at once", median(times.cold));
  line("this package, answers of the shell kept", median(times.answers));
  line("this package, answers and tree kept", median(times.kept));
  console.log(`peak memory of these processes: ${(peak / 1024).toFixed(0)} MiB`);

  const toggle = script(`const env = process.env;
const host = nodeHost({ shell: { env, cwd: tree } });
const configuration = createConfiguration(loadTree({ root: tree + "/Kconfig", host, dialect, env }));
configuration.preset("default");
writeFileSync(env.KCONFIG_CONFIG, configuration.writeConfig());
const times = [];
for (const symbol of configuration.tree.symbols.filter(({ type }) => type === "bool" || type === "tristate").slice(0, 6000)) {
  const value = configuration.value(symbol.name) === "y" ? "n" : "y";
  const start = performance.now();
  configuration.assign(symbol.name, value);
  times.push(performance.now() - start);
  configuration.unassign(symbol.name);
}
console.log(JSON.stringify(times));
`);
  const toggles = JSON.parse(run(process.execPath, [toggle]).stdout);
  console.log(
    `toggle one symbol, read what changed: median ${at(toggles, 0.5).toFixed(3)} ms, p95 ${at(toggles, 0.95).toFixed(3)} ms (${toggles.length} toggles)`,
  );
  console.log(`Linux ${env.KERNELVERSION}, ${turns} turns, Node ${process.version}; medians`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
