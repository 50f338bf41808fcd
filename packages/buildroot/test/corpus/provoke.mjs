// Provokes every failure of the corpus on real Buildroot and real tools, and keeps the logs: see README.md beside it.
// node test/corpus/provoke.mjs [--only PATTERN] [--work DIR] [--toolchain FRAGMENT]
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildCases } from "./cases/build.mjs";
import { configureCases } from "./cases/configure.mjs";
import { configurationCases } from "./cases/configuration.mjs";
import { downloadCases } from "./cases/download.mjs";
import { hostCases } from "./cases/host.mjs";
import { parallelCases } from "./cases/parallel.mjs";
import { toolchainCases } from "./cases/toolchain.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: { only: { type: "string" }, work: { type: "string" }, toolchain: { type: "string" } },
});
const buildroot = fileURLToPath(new URL("../../../../buildroot", import.meta.url));
const work = values.work ?? "/tmp/provoke";
const external = join(work, "external");
const output = join(work, "out");
const cases = [
  ...buildCases,
  ...configureCases,
  ...downloadCases,
  ...hostCases,
  ...configurationCases,
  ...toolchainCases,
  ...parallelCases,
];

/** No log names this machine: its folders become those of a neutral user. */
function neutral(text) {
  return text
    .replaceAll(work, "/home/user/work")
    .replaceAll(buildroot, "/home/user/buildroot")
    .replaceAll(fileURLToPath(new URL("../../../..", import.meta.url)), "/home/user/ipa-br/")
    .replaceAll(values.toolchain === undefined ? work : dirname(values.toolchain), "/home/user/toolchain")
    .replaceAll(/\/(?:root|home\/\w+)\/\.(?:rustup|cargo|pyenv)\b/g, "/opt/tools")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:8080")
    .replaceAll(/localhost:\d+/g, "localhost:8080")
    .replaceAll(/^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--/gm, "--2026-02-03 04:05:06--")
    .replaceAll(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /gm, "2026-02-03 04:05:06 ")
    .replaceAll(/\/tmp\/(cc|tmp)\w+/g, "/tmp/$1AbCdEf");
}

function write(folder, files) {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, name.endsWith("configure") || name.endsWith(".sh") ? { mode: 0o755 } : {});
  }
}

const upper = (name) => `HOST_${name.toUpperCase().replaceAll("-", "_")}`;

/** A host package whose sources lie beside it; `mk` is added to, or with `infrastructure` decides, what it does. */
function packageFiles({
  name,
  files = {},
  mk = "",
  build,
  configure,
  install,
  infrastructure = "generic",
  local = true,
}) {
  const prefix = upper(name);
  const commands = Object.entries({ CONFIGURE: configure, BUILD: build, INSTALL: install })
    .filter(([, command]) => command !== undefined)
    .map(([what, command]) => `define ${prefix}_${what}_CMDS\n${command.replaceAll(/^/gm, "\t")}\nendef\n`);
  const site = `${prefix}_SITE = $(BR2_EXTERNAL_CORPUS_PATH)/src/${name}\n${prefix}_SITE_METHOD = local\n`;
  return {
    [`package/${name}/${name}.mk`]: `${prefix}_VERSION = 1.0\n${local ? site : ""}${mk}\n${commands.join("\n")}\n$(eval $(host-${infrastructure}-package))\n`,
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`src/${name}/${file}`, text])),
    [`src/${name}/.keep`]: "",
  };
}

function makeExternal(all) {
  rmSync(external, { recursive: true, force: true });
  write(external, {
    "external.desc": "name: CORPUS\ndesc: packages that fail\n",
    "Config.in": "",
    "external.mk": "include $(sort $(wildcard $(BR2_EXTERNAL_CORPUS_PATH)/package/*/*.mk))\n",
    ...Object.assign({}, ...all.flatMap(({ packages = [] }) => packages.map((one) => packageFiles(one)))),
    ...Object.assign({}, ...all.map((one) => one.external ?? {})),
  });
}

rmSync(work, { recursive: true, force: true });
// A plain PATH; compilers that are installed elsewhere are linked into a folder of its own.
const tools = join(work, "tools");
mkdirSync(tools, { recursive: true });
for (const name of ["rustc", "go"]) {
  const path = (process.env.PATH ?? "").split(":").find((folder) => existsSync(join(folder, name)));
  if (path !== undefined && !existsSync(join(tools, name))) symlinkSync(join(path, name), join(tools, name));
}
const env = {
  ...process.env,
  PATH: `${tools}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
  TERM: "dumb",
  FORCE_UNSAFE_CONFIGURE: "1",
  LC_ALL: "C",
  BR2_DL_DIR: join(work, "dl"),
};
// Nothing here is to leave this machine.
for (const name of ["MAKEFLAGS", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"])
  delete env[name];

function make(args, own = {}) {
  const script = `exec make --no-print-directory -C ${buildroot} O=${output} BR2_EXTERNAL=${external} "$@" 2>&1`;
  const { stdout, status } = spawnSync("/bin/sh", ["-c", script, "sh", ...args], {
    env: { ...env, ...own },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { log: stdout, status };
}

/** What spares the host packages that a real build would begin with. */
const quick = ["BR2_TAR_HOST_DEPENDENCY=", "TAR=tar", "BR2_CMAKE=/usr/bin/cmake", "BR2_BACKUP_SITE="];
const base = [
  "BR2_x86_64=y",
  "BR2_INIT_NONE=y",
  "# BR2_PACKAGE_BUSYBOX is not set",
  "# BR2_TARGET_ROOTFS_TAR is not set",
];

const context = () => ({ work, output, external, buildroot, port });

/** An output folder as new, but for the configuration's own program, which is the same for all. */
function freshOutput() {
  for (const name of existsSync(output) ? readdirSync(output) : [])
    if (name !== "build") rmSync(join(output, name), { recursive: true, force: true });
  for (const name of existsSync(join(output, "build")) ? readdirSync(join(output, "build")) : [])
    if (name !== "buildroot-config") rmSync(join(output, "build", name), { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
}

function configure(one) {
  const fragment = one.toolchain === true ? readFileSync(values.toolchain, "utf8").split("\n") : [];
  const config = one.config?.(context()) ?? [];
  const names = new Set(config.map((line) => /BR2_\w+/.exec(line)?.[0]));
  const kept = [...base, ...fragment].filter((line) => !names.has(/BR2_\w+/.exec(line)?.[0]));
  writeFileSync(join(output, ".config"), `${[...kept, ...config].join("\n")}\n`);
  if (one.configured === false) return;
  const made = make(["olddefconfig"]);
  if (made.status !== 0) throw new Error(`olddefconfig: ${made.log.slice(-300)}`);
}

function keep(one, log) {
  writeFileSync(join(here, "logs", `${one.name}.log`), neutral(log));
  writeFileSync(join(here, "logs", `${one.name}.json`), `${JSON.stringify(one.expected, null, 2)}\n`);
}

/** A case with a configuration, an environment or makefiles of its own. */
function provoke(one) {
  freshOutput();
  makeExternal([one]);
  one.prepare?.(context());
  configure(one);
  one.beforeMake?.(context());
  const targets = one.targets ?? [`host-${one.packages[0].name}`];
  const { log, status } = make([...quick, ...(one.args?.(context()) ?? []), ...targets], one.env?.(context()));
  one.after?.(context());
  if (status === 0) return `it did not fail: ${log.slice(-300)}`;
  keep(one, log);
  return undefined;
}

const isAlone = (one) =>
  ["config", "external", "toolchain", "configured", "env", "args", "beforeMake", "alone"].some(
    (key) => one[key] !== undefined,
  );

/** All the others in one make, which goes on after each: its log is cut where a package's stamp failed. */
function provokeTogether(all) {
  freshOutput();
  makeExternal(all);
  for (const one of all) one.prepare?.(context());
  configure({});
  const targets = all.map((one) => one.targets?.[0] ?? `host-${one.packages[0].name}`);
  const { log } = make(["-k", ...quick, ...targets]);
  for (const one of all) one.after?.(context());
  const ends = /^make(?:\[\d\])?: \*\*\* \[.*\/build\/(\S+)-[\w.]+\/\.stamp_\w+\] .*\n/gm;
  const parts = new Map();
  let start = 0;
  for (let end = ends.exec(log); end !== null; end = ends.exec(log)) {
    parts.set(end[1], log.slice(start, ends.lastIndex).replace(/^(?:make\S* Target .* not remade .*\n)+/, ""));
    start = ends.lastIndex;
  }
  return all.map((one, index) => {
    const part = parts.get(targets[index]);
    if (part !== undefined) keep(one, part);
    return part === undefined ? "it did not fail" : undefined;
  });
}

// What a download asks here is answered 404, or as its path says; by a process of its own, since this one waits for make.
const answer = `require("node:http").createServer((request, response) => {
  response.writeHead(Number(/^.(\\d{3})./.exec(request.url)?.[1] ?? 404)).end("no\\n");
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); });`;
const server = spawn(process.execPath, ["-e", answer], { stdio: ["ignore", "pipe", "inherit"] });
const port = Number(await new Promise((resolve) => server.stdout.once("data", (data) => resolve(data.toString()))));
mkdirSync(join(here, "logs"), { recursive: true });
const failures = [];
const report = (one, problem) => {
  process.stdout.write(
    `${problem === undefined ? "ok  " : "FAIL"} ${one.name}${problem === undefined ? "" : `: ${problem}`}\n`,
  );
  if (problem !== undefined) failures.push(one.name);
};
const wanted = cases.filter(({ name }) => values.only === undefined || new RegExp(values.only).test(name));
const together = wanted.filter((one) => !isAlone(one));
if (together.length > 0) {
  const problems = provokeTogether(together);
  for (const [index, one] of together.entries()) report(one, problems[index]);
}
for (const one of wanted.filter(isAlone)) {
  if (one.toolchain === true && values.toolchain === undefined) report(one, "it needs --toolchain");
  else report(one, provoke(one));
}
server.kill();
rmSync(work, { recursive: true, force: true });
if (failures.length > 0) process.exitCode = 1;
