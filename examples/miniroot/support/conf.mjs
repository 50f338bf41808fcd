// conf.mjs defconfig [FILE] | olddefconfig | savedefconfig FILE
// Works out .config (BR2_CONFIG) from Config.in. The other variables that Config.in reads come from the environment.
import { existsSync, readFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const [action, file] = process.argv.slice(2);
const { BR2_CONFIG: config, ...environment } = process.env;

function fail(message, hint) {
  process.stderr.write(`error: ${message}\n${hint === undefined ? "" : `  ${hint}\n`}`);
  process.exit(1);
}

async function loadEngine() {
  try {
    return { ...(await import("@ipa-br/kconfig")), ...(await import("@ipa-br/kconfig/node")) };
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    return fail(
      "the workspace is not built, so there is no @ipa-br/kconfig",
      "run at the repository's root: npm start",
    );
  }
}

const { createConfiguration, dialects, formatDiagnostic, loadTree, nodeHost, writeFileAtomic } = await loadEngine();

function read(path) {
  if (!existsSync(path)) fail(`there is no ${path}`, 'to see what there is to start from: "make list-defconfigs"');
  return readFileSync(path, "utf8");
}

function report(diagnostics) {
  for (const diagnostic of diagnostics) {
    // unknown symbols vanish in silence, as in Buildroot
    if (diagnostic.severity !== "information") process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
  }
}

async function writeConfig(configuration) {
  if (existsSync(config)) await copyFile(config, `${config}.old`);
  await writeFileAtomic(config, configuration.writeConfig());
  process.stdout.write(`#\n# configuration written to ${config}\n#\n`);
}

// A defconfig of real Buildroot, loaded here to try it out, must not come back with all that miniroot does not know cut off.
function refuseToLoseSymbols(path) {
  if (!existsSync(path)) return;
  const { unknown } = createConfiguration(tree).load(readFileSync(path, "utf8"), { path });
  if (unknown.length === 0) return;
  fail(
    `${path} sets ${unknown.length} symbols that only real Buildroot has, ${unknown[0]} for one; saving here would drop them`,
    "name another file: make savedefconfig BR2_DEFCONFIG=FILE",
  );
}

const actions = {
  async defconfig(configuration) {
    const text = file === undefined ? "" : read(file);
    report(configuration.loadDefconfig(text, { path: file ?? "defconfig" }).diagnostics);
    await writeConfig(configuration);
  },
  async olddefconfig(configuration) {
    report(configuration.load(read(config), { path: config }).diagnostics);
    await writeConfig(configuration);
  },
  async savedefconfig(configuration) {
    refuseToLoseSymbols(file);
    configuration.load(read(config), { path: config });
    await writeFileAtomic(file, configuration.writeMinimal());
  },
};

const tree = loadTree({
  root: fileURLToPath(new URL("../Config.in", import.meta.url)),
  host: nodeHost(),
  dialect: dialects.buildroot,
  env: environment,
});
report(tree.diagnostics);
if (tree.diagnostics.some(({ severity }) => severity === "error")) fail("Config.in has errors, see above");
await actions[action](createConfiguration(tree));
