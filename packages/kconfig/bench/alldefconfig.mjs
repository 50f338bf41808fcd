// Buildroot's alldefconfig, C conf and this package in turns: whole processes, and the library warm.
// Build first (pnpm run build), then: node bench/alldefconfig.mjs [turns]
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const turns = Number(process.argv[2] ?? 9);
const buildroot = fileURLToPath(new URL("../../../buildroot", import.meta.url));
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "kconfig-bench-"));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

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
  };
  const script = join(folder, "alldefconfig.mjs");
  const store = join(folder, "store");
  writeFileSync(
    script,
    `import { createConfiguration, dialects, loadTree, TreeCache } from ${JSON.stringify(join(dist, "index.js"))};
import { diskTreeStore, nodeHost } from ${JSON.stringify(join(dist, "node.js"))};
import { writeFileSync } from "node:fs";
const cache = process.argv[2] === "stored" ? { cache: new TreeCache({ store: diskTreeStore(${JSON.stringify(store)}) }) } : {};
const tree = loadTree({ root: ${JSON.stringify(join(buildroot, "Config.in"))}, host: nodeHost(), dialect: dialects.buildroot, env: process.env, ...cache });
const configuration = createConfiguration(tree);
configuration.preset("default");
writeFileSync(process.env.BR2_CONFIG, configuration.writeConfig());
`,
  );
  const conf = join(folder, "build/buildroot-config/conf");
  const timed = (run) => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };
  const spawn = (command, args, cwd) => {
    rmSync(env.BR2_CONFIG, { force: true });
    const { status, stderr } = spawnSync(command, args, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
    if (status !== 0) throw new Error(String(stderr));
  };
  const { createConfiguration, dialects, loadTree, TreeCache } = await import(join(dist, "index.js"));
  const { nodeHost } = await import(join(dist, "node.js"));
  const root = join(buildroot, "Config.in");
  const cache = new TreeCache();
  const times = { conf: [], process: [], stored: [], load: [], again: [], evaluate: [], toggle: [] };
  let written = "";
  for (let turn = 0; turn < turns; turn++) {
    times.conf.push(timed(() => spawn(conf, ["--alldefconfig", "Config.in"], buildroot)));
    const expected = readFileSync(env.BR2_CONFIG, "utf8");
    times.process.push(timed(() => spawn(process.execPath, [script], folder)));
    if (readFileSync(env.BR2_CONFIG, "utf8") !== expected) throw new Error("The two configurations differ.");
    if (turn === 0) spawn(process.execPath, [script, "stored"], folder);
    times.stored.push(timed(() => spawn(process.execPath, [script, "stored"], folder)));
    if (readFileSync(env.BR2_CONFIG, "utf8") !== expected) throw new Error("The stored tree's configuration differs.");
    let tree;
    times.load.push(timed(() => (tree = loadTree({ root, host: nodeHost(), dialect: dialects.buildroot, env }))));
    times.again.push(timed(() => loadTree({ root, host: nodeHost(), dialect: dialects.buildroot, env, cache })));
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
      times.toggle.push(timed(() => configuration.assign(symbol.name, value)));
      configuration.unassign(symbol.name);
    }
  }
  const toggles = times.toggle.toSorted((a, b) => a - b);
  const line = (name, value) =>
    console.log(
      `${name.padEnd(44)} ${value.toFixed(1).padStart(8)} ms   ${(value / median(times.conf)).toFixed(2)} of C`,
    );
  line("C conf --alldefconfig, whole process", median(times.conf));
  line("this package, whole process", median(times.process));
  line("  with the tree kept from an earlier process", median(times.stored));
  line("this package warm, tree read from disk", median(times.load) + median(times.evaluate));
  line("  the same with a tree cache", median(times.again) + median(times.evaluate));
  line("  of it evaluation and writing", median(times.evaluate));
  const at = (share) => toggles[Math.floor(toggles.length * share)];
  console.log(
    `toggle one bool, read what changed: median ${at(0.5).toFixed(3)} ms, p95 ${at(0.95).toFixed(3)} ms (${toggles.length} toggles)`,
  );
  console.log(`${turns} turns, Node ${process.version}; medians`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
