// All of Buildroot's defconfigs in one process, this package and Kconfiglib in turns: load, write, minimal.
// Build first (pnpm run build), then: node bench/defconfigs.mjs PYTHON [turns], where PYTHON has Kconfiglib
// (python3 -m venv V && V/bin/pip install kconfiglib, then V/bin/python).
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const python = process.argv[2] ?? "python3";
const turns = Number(process.argv[3] ?? 3);
const buildroot = fileURLToPath(new URL("../../../buildroot", import.meta.url));
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "kconfig-bench-"));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const env = {
  PATH: process.env.PATH,
  BR2_CONFIG: join(folder, "bench.config"),
  BASE_DIR: folder,
  // for Kconfiglib, which takes $NAME from the environment alone
  BR2_BASE_DIR: folder,
  BR2_DEFCONFIG: "",
  BR2_EXTERNAL_NAMES: "",
  BR2_HIDE_SECONDARY_TARGET_OPTIONS: "n",
  BR2_VERSION: "2026.02.3",
  BR2_VERSION_FULL: "2026.02.3",
  HOSTARCH: "x86_64",
  HOST_GCC_VERSION: "12",
  SKIP_LEGACY: "",
  CONFIG_: "",
  srctree: buildroot,
};

const ours = join(folder, "ours.mjs");
writeFileSync(
  ours,
  `import { createConfiguration, dialects, loadTree } from ${JSON.stringify(join(dist, "index.js"))};
import { nodeHost } from ${JSON.stringify(join(dist, "node.js"))};
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
const configs = ${JSON.stringify(join(buildroot, "configs"))};
const tree = loadTree({ root: ${JSON.stringify(join(buildroot, "Config.in"))}, host: nodeHost(), dialect: dialects.buildroot, env: process.env });
const configuration = createConfiguration(tree);
let count = 0;
for (const name of readdirSync(configs).filter((file) => file.endsWith("_defconfig"))) {
  configuration.loadDefconfig(readFileSync(configs + "/" + name, "utf8"));
  writeFileSync("out.config", configuration.writeConfig());
  writeFileSync("out.minimal", configuration.writeMinimal());
  count++;
}
console.log(count);
`,
);
const theirs = join(folder, "theirs.py");
writeFileSync(
  theirs,
  `import glob, kconfiglib, os, sys
sys.setrecursionlimit(20000)
kconf = kconfiglib.Kconfig("Config.in", warn=False)
count = 0
for path in sorted(glob.glob(os.environ["srctree"] + "/configs/*_defconfig")):
    kconf.load_config(path)
    kconf.write_config("out.config")
    kconf.write_min_config("out.minimal")
    count += 1
print(count)
`,
);

try {
  execFileSync("make", ["-C", buildroot, `O=${folder}`, "allnoconfig"], { stdio: "ignore" });
  const run = (command, args) => {
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return { time: performance.now() - start, count: Number(stdout) };
  };
  const times = { ours: [], theirs: [] };
  let count = 0;
  for (let turn = 0; turn < turns; turn++) {
    const reference = run(python, [theirs]);
    const own = run(process.execPath, [ours]);
    if (own.count !== reference.count) throw new Error(`${own.count} defconfigs against ${reference.count}`);
    times.theirs.push(reference.time);
    times.ours.push(own.time);
    count = own.count;
  }
  const [reference, own] = [median(times.theirs), median(times.ours)];
  console.log(`Kconfiglib, ${count} defconfigs           ${(reference / 1000).toFixed(2)} s   1.00`);
  console.log(
    `this package, the same                ${(own / 1000).toFixed(2)} s   ${(own / reference).toFixed(2)} of Kconfiglib`,
  );
  console.log(`${turns} turns, whole processes, Node ${process.version}; medians`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
