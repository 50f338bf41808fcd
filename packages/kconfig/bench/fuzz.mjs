// Feeds the library damaged trees and configurations: no crash, no hang, bounded memory.
// Build first (pnpm run build), then: node bench/fuzz.mjs [minutes] [first seed]; a failing seed is run again with
// node bench/fuzz.mjs 0 SEED. The case of a seed does not hang on the cases before it.
import { fork } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const minutes = Number(process.argv[2] ?? 60);
const firstSeed = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
/** What a case may take of the processor, and what the process may hold. */
const hangSeconds = 60;
const memoryLimit = 1024 * 1024 * 1024;

if (process.send === undefined) watch();
else work();

function watch() {
  const started = Date.now();
  const status = { cases: 0, seed: firstSeed, at: 0, slowest: 0, slowestSeed: firstSeed, memory: 0 };
  const failures = [];
  const worker = fork(fileURLToPath(import.meta.url), [String(minutes), String(firstSeed)]);
  const end = (reason) => {
    clearInterval(timer);
    if (reason !== undefined) failures.push(reason);
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    console.log(`${status.cases} cases in ${seconds} s from seed ${firstSeed}, Node ${process.version}`);
    console.log(`slowest ${status.slowest.toFixed(0)} ms (seed ${status.slowestSeed})`);
    console.log(`memory at most ${(status.memory / 1024 / 1024).toFixed(0)} MiB`);
    console.log(failures.length === 0 ? "no failure" : `${failures.length} failures\n${failures.join("\n")}`);
    worker.kill("SIGKILL");
    process.exitCode = failures.length === 0 ? 0 : 1;
  };
  const timer = setInterval(() => {
    if (status.memory > memoryLimit) end(`seed ${status.seed}: more than ${memoryLimit / 1024 / 1024} MiB`);
    if (secondsOf(worker.pid) - status.at > hangSeconds) end(`seed ${status.seed}: no end within ${hangSeconds} s`);
  }, 500);
  worker.on("message", (message) => {
    if (message.memory !== undefined) status.memory = Math.max(status.memory, message.memory);
    if (message.failure !== undefined) failures.push(`seed ${message.seed}: ${message.failure}`);
    status.seed = message.seed;
    status.at = secondsOf(worker.pid);
    if (message.milliseconds === undefined) return;
    status.cases++;
    if (message.milliseconds > status.slowest) {
      status.slowest = message.milliseconds;
      status.slowestSeed = message.seed;
    }
  });
  worker.on("exit", (code, signal) => {
    if (signal !== "SIGKILL")
      end(code === 0 ? undefined : `seed ${status.seed}: the process ended with ${code ?? signal}`);
  });
}

/** The time that the processor has spent on a process: others may be at work on the machine. */
function secondsOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return process.uptime();
  }
}

async function work() {
  const [index, conf] = await Promise.all(["index", "conf"].map((name) => import(`../dist/${name}.js`)));
  const library = { ...index, ...conf };
  const seeds = readSeeds();
  const until = Date.now() + minutes * 60_000;
  for (let seed = firstSeed; ; seed++) {
    process.send({ seed });
    const started = process.cpuUsage();
    let failure;
    try {
      runCase(library, new Random(seed), seeds);
    } catch (error) {
      if (!library.KconfigError.is(error) || error.code === "INTERNAL") failure = error.stack;
    }
    const { user, system } = process.cpuUsage(started);
    const milliseconds = (user + system) / 1000;
    const memory = seed % 50 === 0 ? process.memoryUsage.rss() : undefined;
    process.send({ seed, failure, milliseconds, memory });
    // Now and then the messages have to get out, and the process ends with the last one sent.
    if (seed % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (Date.now() >= until) break;
  }
  process.disconnect();
}

/** Texts to damage: the cases of the tests. */
function readSeeds() {
  const folder = fileURLToPath(new URL("../test/cases", import.meta.url));
  const read = (file) => readdirSync(folder).map((name) => readFileSync(join(folder, name, file), "utf8"));
  return { trees: read("Kconfig"), configs: [...read("config"), ...read("expected_config")] };
}

/** A small generator of numbers (mulberry32). */
class Random {
  #state;
  constructor(seed) {
    this.#state = Math.imul(seed, 0x9e3779b1) >>> 0;
  }
  below(limit) {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = this.#state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) % limit;
  }
  chance(percent) {
    return this.below(100) < percent;
  }
  pick(list) {
    return list[this.below(list.length)];
  }
}

const names = [
  "A",
  "B",
  "C",
  "D",
  "E",
  "MODULES",
  "LONG_NAME_1",
  "y",
  "m",
  "n",
  "0x1F",
  "12",
  '"text"',
  "$(F,a)",
  "$X",
];
const pieces = [
  "config A\n",
  "menuconfig B\n",
  "choice\n",
  "choice D\n",
  "endchoice\n",
  'menu "m"\n',
  "endmenu\n",
  "if A\n",
  "endif\n",
  'comment "c"\n',
  'source "other"\n',
  'source "Kconfig"\n',
  "source $X\n",
  'mainmenu "t"\n',
  "\tbool\n",
  '\tbool "b" if A\n',
  "\ttristate\n",
  '\tint "i"\n',
  "\thex\n",
  '\tstring "s"\n',
  "\tdef_bool y\n",
  "\tdef_tristate m if A\n",
  "\tdefault ",
  "\tselect ",
  "\timply ",
  "\tdepends on ",
  "\tvisible if ",
  "\trange 1 9\n",
  "\trange A B if C\n",
  "\toptional\n",
  "\tmodules\n",
  "\ttransitional\n",
  '\toption env="X"\n',
  "\toption modules\n",
  "\thelp\n\t  text\n",
  "\t---help---\n",
  "X := $(shell,x)\n",
  "F = $(1)$(F,$(1))\n",
  "Y += $(Y)\n",
  "$(error-if,y,e)\n",
  "$(info,$(X))\n",
  "\\\n",
  "\r\n",
  "\0",
  "\u00e9",
  '"',
  "'",
  "(",
  ")",
  " && ",
  " || ",
  "!",
  " = ",
  " != ",
  " < ",
  " >= ",
  "\n",
  "#",
  "\t",
  " ",
];

/** Text of pieces and damaged seeds. */
function makeText(random, seeds, parts) {
  let text = random.chance(60) ? random.pick(seeds) : "";
  for (let steps = 1 + random.below(30); steps > 0; steps--) {
    const at = random.below(text.length + 1);
    const piece = random.chance(50) ? random.pick(parts) : random.pick(names);
    const kind = random.below(10);
    if (kind < 6) text = text.slice(0, at) + piece + text.slice(at);
    else if (kind < 8) text = text.slice(0, at) + text.slice(at + random.below(20));
    else if (kind < 9) text = text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1);
    else {
      const from = random.below(text.length + 1);
      text = text.slice(0, at) + text.slice(from, from + random.below(200)) + text.slice(at);
    }
  }
  // Now and then the same again and again: depth and length must not matter.
  if (random.chance(1)) text = text.slice(0, 200).repeat(500);
  if (random.chance(1)) text += `\nconfig Z\n\tdef_bool ${"(".repeat(20_000)}A${")".repeat(20_000)}\n`;
  return text;
}

function runCase(library, random, seeds) {
  const { ConfigDocument, createConfiguration, dialects, loadTree, parse, readConfig } = library;
  const dialect = random.pick(Object.values(dialects));
  const lines = [
    "A=y\n",
    "# A is not set\n",
    "CONFIG_B=m\n",
    'CONFIG_C="',
    "=",
    "\n",
    "CONFIG_",
    "# CONFIG_D is not set\n",
  ];
  const files = { Kconfig: makeText(random, seeds.trees, pieces), other: makeText(random, seeds.trees, pieces) };
  const { file } = parse(files.Kconfig, { dialect });
  if (file.text !== files.Kconfig) throw new Error("the syntax tree lost text");
  const host = {
    readFile: (path) => files[path],
    listFiles: () => Object.keys(files),
    shell: (command) => ({ stdout: command, stderr: "", status: 0 }),
  };
  const tree = loadTree({ root: "Kconfig", host, dialect, env: { X: "other" } });
  for (const finding of tree.diagnostics) {
    library.formatDiagnostic(finding);
    if (finding.line < 1 || finding.column < 1) throw new Error("a finding without a place");
  }
  const configuration = createConfiguration(tree);
  const config = makeText(random, seeds.configs, lines);
  if (ConfigDocument.parse(config, { dialect }).toString() !== config) throw new Error("the document lost text");
  readConfig(config, { dialect });
  configuration.load(config);
  const written = configuration.writeConfig();
  configuration.load(written);
  configuration.writeMinimal();
  configuration.writeAutoconf();
  configuration.unmetDependencies();
  library.mergeFragments(
    [
      { path: "a", text: config },
      { path: "b", text: written },
    ],
    { dialect },
  );
  library.lintTree?.(tree);
  const mode = random.pick(["olddefconfig", "oldconfig", "allyesconfig", "randconfig", "alldefconfig", "syncconfig"]);
  const withFiles = { ...host, readFile: (path) => (path === ".config" ? config : files[path]) };
  const input = makeText(random, ["y\n\nn\n?\n5\n"], ["y\n", "n\n", "m\n", "\n", "?\n", "0x5\n", "\0", "text"]);
  const env = { X: "other", KCONFIG_SEED: "1", KCONFIG_AUTOCONFIG: "auto.conf" };
  // Output without end is a loop.
  const { stdout } = library.runConf({ mode, root: "Kconfig", host: withFiles, dialect, env, input });
  if (stdout.length > 100_000_000) throw new Error(`${mode} printed ${stdout.length} characters`);
  for (let steps = 3; steps > 0 && tree.symbols.length > 0; steps--) {
    const symbol = random.pick(tree.symbols);
    const value = random.pick(["y", "m", "n", "5", "0x5", "text"]);
    library.explain(configuration, symbol.name);
    library.whyNot(configuration, symbol.name, value);
    library.findAssignments(configuration, symbol.name, value);
    try {
      configuration.assign(symbol.name, value);
    } catch (error) {
      if (!library.KconfigError.is(error)) throw error;
    }
  }
}
