// A log of 1,000,000 lines through `explainLog`: MB/s by the clock and by this process' own processor time, best and median.
// Build first (pnpm run build), then: node bench/log.mjs [turns]
// The lines are of the kinds that a build writes, in their usual proportions; the failure stands at the end.
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { explainLog } from "../dist/index.js";

const turns = Number(process.argv[2] ?? 7);
const folder = mkdtempSync(join(tmpdir(), "log-bench-"));
const path = join(folder, "build.log");

const kinds = [
  [
    60,
    (n) =>
      `/out/host/bin/x86_64-linux-gnu-gcc -D_LARGEFILE_SOURCE -D_FILE_OFFSET_BITS=64 -Os -g0 -DHAVE_CONFIG_H -I. -I./lib -I./src -MT obj${n}.o -MD -MP -MF .deps/obj${n}.Tpo -c -o obj${n}.o source${n}.c`,
  ],
  [12, (n) => `  CC      drivers/net/ethernet/intel/e1000/e1000_hw${n}.o`],
  [10, (n) => `checking for function_${n}... yes`],
  [6, (n) => `/usr/bin/install -m 0644 data/file${n} /out/target/usr/share/package/file${n}`],
  [5, (n) => `mv -f .deps/obj${n}.Tpo .deps/obj${n}.Po`],
  [4, (n) => `libtool: link: ( cd ".libs" && rm -f "lib${n}.la" && ln -s "../lib${n}.la" "lib${n}.la" )`],
  [2, (n) => `source${n}.c:${n}:7: warning: unused variable 'x' [-Wunused-variable]`],
  [1, (n) => `\u001b[7m>>> package-${n} 1.${n} Building\u001b[27m`],
];
const wheel = kinds.flatMap(([share, line]) => Array.from({ length: share }, () => line));
const lines = Array.from({ length: 999_990 }, (_, n) => wheel[(n * 37) % wheel.length](n % 5000));
lines.push(
  ">>> broken 1.0 Building",
  "broken.c:3:9: error: 'missing' undeclared (first use in this function)",
  "make[1]: *** [Makefile:2: broken.o] Error 1",
  "make: *** [package/pkg-generic.mk:273: /out/build/broken-1.0/.stamp_built] Error 2",
);
writeFileSync(path, `${lines.join("\n")}\n`);
const megabytes = statSync(path).size / 1e6;

const sorted = (values) => values.toSorted((a, b) => a - b);
const wall = [];
const cpu = [];
try {
  for (let turn = 0; turn < turns; turn++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    const { package: name, lines: told, line } = await explainLog(path);
    const { user, system } = process.cpuUsage(used);
    wall.push((performance.now() - start) / 1000);
    cpu.push((user + system) / 1e6);
    if (name !== "broken" || line !== 999_992 || !told[0]?.includes("'missing' undeclared"))
      throw new Error(`not the cause: ${name}, line ${line}: ${told[0]}`);
  }
  const rate = (seconds) => `${(megabytes / seconds).toFixed(0)} MB/s`;
  const told = (values) => `best ${rate(sorted(values)[0])}, median ${rate(sorted(values)[turns >> 1])}`;
  console.log(`${lines.length} lines, ${megabytes.toFixed(0)} MB, ${turns} turns`);
  console.log(`by the clock: ${told(wall)}; by processor time: ${told(cpu)}; load ${loadavg()[0].toFixed(1)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
