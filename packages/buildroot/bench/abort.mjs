// From abort to the last process gone: builds of a small tree with real make, ended at random moments while they start children, some
// of them in sessions of their own; then builds whose processes take no notice of SIGTERM, where the grace period of 5 s comes first.
// Build first (pnpm run build), then: node bench/abort.mjs [aborts] [stubborn]
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { openBuildroot } from "../dist/index.js";

const aborts = Number(process.argv[2] ?? 50);
const stubborn = Number(process.argv[3] ?? 3);
const graceMs = 5000;
const mark = `sleep 377.${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), "abort-bench-"));

/** Processes of these builds, zombies left out. */
function left() {
  return readdirSync("/proc").filter((name) => {
    try {
      if (!/^\d+$/.test(name) || /\) [ZX] /.test(readFileSync(`/proc/${name}/stat`, "latin1"))) return false;
      return readFileSync(`/proc/${name}/cmdline`, "latin1").replaceAll("\0", " ").includes(mark);
    } catch {
      return false;
    }
  }).length;
}

async function tree(name, rules) {
  const path = join(folder, name);
  mkdirSync(join(path, "configs"), { recursive: true });
  writeFileSync(
    join(path, "Makefile"),
    `BR2_VERSION := 2026.02.3\nall:\n${rules}\nlist-defconfigs:\n\t@echo '  x_defconfig - x'\nolddefconfig:\n\t@:\n`,
  );
  writeFileSync(join(path, "Config.in"), "");
  writeFileSync(join(path, "configs/x_defconfig"), "");
  const opened = await openBuildroot({
    buildroot: path,
    output: join(folder, `${name}.out`),
    externals: [],
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  await opened.configure({ defconfig: "x_defconfig" });
  return opened;
}

async function abortAfter(opened, ms) {
  const abort = new AbortController();
  let started = performance.now();
  const timer = setTimeout(() => {
    started = performance.now();
    abort.abort();
  }, ms);
  const error = await opened.build({ signal: abort.signal, progress: false }).result.catch((reason) => reason);
  clearTimeout(timer);
  const seconds = (performance.now() - started) / 1000;
  if (error?.code !== "ABORTED") throw new Error(`not aborted: ${error}`);
  const orphans = left();
  if (orphans > 0) throw new Error(`${orphans} processes are left`);
  return seconds;
}

function tell(what, times, beside = 0) {
  const sorted = times.map((one) => one - beside).toSorted((a, b) => a - b);
  const at = (share) => `${sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(2)} s`;
  console.log(`${what}: median ${at(0.5)}, 95 % ${at(0.95)}, worst ${at(1)}; load ${loadavg()[0].toFixed(1)}`);
}

try {
  const family = await tree(
    "family",
    `\t@i=0; while [ $$i -lt 40 ]; do (setsid sh -c '${mark}1 & ${mark}2' &); (${mark}3 &); i=$$((i+1)); done; ${mark}4`,
  );
  const times = [];
  for (let round = 0; round < aborts; round++) times.push(await abortAfter(family, 20 + Math.random() * 800));
  tell(`${aborts} aborts of up to 160 processes`, times);
  const deaf = await tree("deaf", `\t@trap '' TERM; while :; do ${mark}5; done & trap '' TERM; ${mark}6`);
  const late = [];
  for (let round = 0; round < stubborn; round++) late.push(await abortAfter(deaf, 1000));
  tell(`${stubborn} aborts of what does not listen, beside the ${graceMs / 1000} s of grace`, late, graceMs / 1000);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
