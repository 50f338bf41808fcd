import { checkBuildrootTree } from "./check/buildroot-tree.js";
import { checkEnvironment } from "./check/environment.js";
import { findMake } from "./check/make.js";
import { checkMemory, checkOutputPath, isInUse, readMemory } from "./check/output-folder.js";
import { startBuild, runTargets } from "./build.js";
import { configure } from "./configure.js";
import { BuildrootError } from "./errors.js";
import { checkExternals } from "./external-tree.js";
import { localHost } from "./host.js";
import { listImages } from "./images.js";
import { listDefconfigs } from "./list-defconfigs.js";
import { manualEnvironment } from "./make-arguments.js";
import { pathProblem } from "./path-rules.js";
import { judge } from "./rebuild/advice.js";
import { save } from "./save.js";
import type { Session } from "./session.js";
import { cachedInfo } from "./progress/info-cache.js";
import { showInfo } from "./show-info.js";
import type { Buildroot, BuildrootEvent, OpenOptions } from "./types.js";

/**
 * Checks the trees, the output folder and the environment, and returns the driver over them. Nothing is written.
 * Throws BUILDROOT_INVALID, EXTERNAL_INVALID, EXTERNAL_DUPLICATE, OUTPUT_INVALID, OUTPUT_UNWRITABLE, OUTPUT_FOREIGN,
 * ENVIRONMENT_INVALID, MAKEFLAGS_PARALLEL, MAKE_NOT_FOUND, MAKE_TOO_OLD.
 */
export async function openBuildroot(options: OpenOptions): Promise<Buildroot> {
  const { env, host = localHost(), onEvent } = options;
  const tree = await checkBuildrootTree(options.buildroot);
  const layout = await checkOutputPath(options.output, tree.path);
  const memory = await readMemory(layout);
  // Left out, the external trees are those of the environment, else those that the folder remembers, as with plain make.
  const remembered = (await isInUse(layout)) ? (memory.externals ?? []) : [];
  const named = env["BR2_EXTERNAL"]?.split(/[\s:]+/).filter((path) => path !== "") ?? [];
  const externals = await checkExternals(options.externals ?? (named.length > 0 ? named : remembered));
  for (const { path } of externals) {
    if (path !== layout.root) continue;
    throw new BuildrootError("OUTPUT_INVALID", `${path} cannot be an output folder: it is an external tree.`, {
      hint: "Choose a folder of its own.",
      details: { output: path },
    });
  }
  const externalPaths = externals.map(({ path }) => path);
  await checkMemory(layout, memory, tree.path, externalPaths);
  checkEnvironment(env);
  const session: Session = {
    version: tree.version,
    layout,
    externals,
    env,
    host,
    make: await findMake(options.make ?? "make", env, options.answers),
    settings: {
      buildroot: tree.path,
      output: layout.root,
      externals: externalPaths,
      dlDir: checkFolder("BR2_DL_DIR", options.dlDir ?? env["BR2_DL_DIR"]),
      ccacheDir: checkFolder("BR2_CCACHE_DIR", options.ccacheDir ?? env["BR2_CCACHE_DIR"]),
      uid: host.uid,
    },
    emit: (event: BuildrootEvent) => onEvent?.(event),
  };
  return driver(session);
}

function driver(session: Session): Buildroot {
  return {
    version: session.version,
    buildroot: session.settings.buildroot,
    output: session.layout.root,
    externals: session.externals,
    environment: () => manualEnvironment(session.settings),
    listDefconfigs: () => listDefconfigs(session),
    configure: (options = {}) => configure(session, options),
    build: (options = {}) => startBuild(session, options),
    make: (options) => runTargets(session, options),
    save: (options = {}) => save(session, options),
    clean: ({ signal } = {}) =>
      runTargets(session, { targets: ["clean"], stdio: "pipe", ...(signal === undefined ? {} : { signal }) }),
    rebuildAdvice: async ({ signal } = {}) => (await judge(session, signal)).advice,
    showInfo: ({ signal, cached } = {}) => (cached === true ? cachedInfo : showInfo)(session, signal),
    images: () => listImages(session.layout.images),
  };
}

function checkFolder(variable: string, path: string | undefined): string | undefined {
  if (path === undefined || path === "") return undefined;
  const problem = pathProblem(path);
  if (problem === undefined) return path;
  throw new BuildrootError("ENVIRONMENT_INVALID", `The folder ${path} for ${variable} ${problem}.`, {
    hint: "Choose an absolute path of letters, digits and . _ + - only.",
    details: { variable, path },
  });
}
