// What following a build costs: the same recipe with the driver's instrumentation and progress, and without, in turns; processor time
// of this process and all that it starts. Build first (pnpm run build), then: node bench/display.mjs [packages] [turns]
// Every package has seven steps, as most of Buildroot's, and writes 200 lines. The cost per package is compared with the seconds
// that a package takes: `--seconds`, by default 20, those of the IPA image's 170 packages on 2 cores.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBuildroot } from "../dist/index.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string", default: "20" } },
});
const packages = Number(positionals[0] ?? 50);
const turns = Number(positionals[1] ?? 5);
const folder = mkdtempSync(join(tmpdir(), "display-bench-"));

function cpuSeconds() {
  const fields = readFileSync("/proc/self/stat", "latin1")
    .replace(/^.*\) /, "")
    .split(" ");
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]) / 100, 0);
}

const steps = ["download", "extract", "patch", "configure", "build", "install-staging", "install-target"];
// As step_time and step_user of package/pkg-generic.mk: a hook is one more process, a script of the user's one each.
const hook = (phase, step) =>
  `\t@$(foreach s,$(BR2_INSTRUMENTATION_SCRIPTS),$(s) ${phase} ${step} package-$*;) date +%s.%N > /dev/null`;
const rules = steps.flatMap((step) => [hook("start", step), `\t@echo '>>> package-$* 1.0 ${step}'`, hook("end", step)]);
const text = `BR2_VERSION := 2026.02.3
all: $(addprefix p,$(shell seq ${packages}))
p%:
${rules.join("\n")}
\t@i=0; while [ $$i -lt 200 ]; do echo "  CC      drivers/net/file$$i.o of package-$*"; i=$$((i+1)); done
list-defconfigs:
\t@echo '  x_defconfig - x'
olddefconfig:
\t@:
show-info:
\t@echo '{}'
`;

try {
  mkdirSync(join(folder, "tree/configs"), { recursive: true });
  writeFileSync(join(folder, "tree/Makefile"), text);
  writeFileSync(join(folder, "tree/Config.in"), "");
  writeFileSync(join(folder, "tree/configs/x_defconfig"), "");
  let events = 0;
  const tree = await openBuildroot({
    buildroot: join(folder, "tree"),
    output: join(folder, "out"),
    externals: [],
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    onEvent: () => events++,
  });
  await tree.configure({ defconfig: "x_defconfig" });
  const measure = async (progress) => {
    const before = cpuSeconds();
    await tree.build({ progress }).result;
    return cpuSeconds() - before;
  };
  await measure(true);
  const seen = { with: [], without: [] };
  for (let turn = 0; turn < turns; turn++) {
    for (const progress of turn % 2 === 0 ? [true, false] : [false, true])
      seen[progress ? "with" : "without"].push(await measure(progress));
  }
  const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
  const [on, off] = [median(seen.with), median(seen.without)];
  const each = (on - off) / packages;
  console.log(
    `${packages} packages of ${steps.length} steps, ${turns} turns, ${events} events; load ${loadavg()[0].toFixed(1)}`,
  );
  console.log(`median: followed ${on.toFixed(2)} s, not followed ${off.toFixed(2)} s of processor time`);
  console.log(
    `${(each * 1000).toFixed(0)} ms per package, ${((100 * each) / Number(values.seconds)).toFixed(2)} % of ${values.seconds} s`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
