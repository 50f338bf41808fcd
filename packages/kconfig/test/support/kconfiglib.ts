import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { testCache } from "./linux-source.js";
import { whileLocked } from "./while-locked.js";

/** A tree, the environment that it reads, and configurations for it. */
export interface KconfiglibCase {
  /** By path; the top file is Kconfig. */
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly configs: readonly string[];
}

export interface KconfiglibFiles {
  readonly config: string;
  readonly minimal: string;
  readonly header: string;
}

/** Reads cases as JSON and answers with what Kconfiglib writes: with nothing set, and for each configuration. */
const script = `
import json, os, sys, tempfile
import kconfiglib

def written(kconf):
    return {"config": kconf._config_contents(None), "minimal": kconf._min_config_contents(None), "header": kconf._autoconf_contents(None)}

answers = []
for case in json.load(sys.stdin):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in case["files"].items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as file:
                file.write(text)
        os.environ.update(case.get("env", {}))
        os.environ["srctree"] = folder
        answer = []
        try:
            kconf = kconfiglib.Kconfig("Kconfig", warn=False)
            answer.append(written(kconf))
            for text in case["configs"]:
                path = os.path.join(folder, "some.config")
                with open(path, "w") as file:
                    file.write(text)
                # A choice's selection would outlive the configuration that it comes from.
                kconf = kconfiglib.Kconfig("Kconfig", warn=False)
                kconf.load_config(path)
                answer.append(written(kconf))
        except kconfiglib.KconfigError as error:
            answer = str(error)
        for name in case.get("env", {}):
            del os.environ[name]
        answers.append(answer)
json.dump(answers, sys.stdout)
`;

/** The interpreter and the folder of the module; a text where it is not to be had: why. */
export function findKconfiglib(): { readonly python: string; readonly path: string | undefined } | string {
  const named = process.env["KCONFIG_KCONFIGLIB"];
  if (named !== undefined) return { python: "python3", path: named };
  const folder = join(testCache(), "kconfiglib-14.1.0");
  mkdirSync(testCache(), { recursive: true });
  const python = join(folder, "bin/python");
  if (existsSync(join(folder, "ready"))) return { python, path: undefined };
  return whileLocked(`${folder}.lock`, () => {
    if (existsSync(join(folder, "ready"))) return { python, path: undefined };
    rmSync(folder, { recursive: true, force: true });
    const made = spawnSync("python3", ["-m", "venv", folder]);
    const got = spawnSync(join(folder, "bin/pip"), ["install", "-q", "kconfiglib==14.1.0"], { timeout: 120_000 });
    if (made.status !== 0 || got.status !== 0)
      return "Kconfiglib cannot be installed, and KCONFIG_KCONFIGLIB names none";
    mkdirSync(join(folder, "ready"));
    return { python, path: undefined };
  });
}

/** What Kconfiglib writes for each case; a text where it refuses the tree. */
export function runKconfiglib(
  { python, path }: Exclude<ReturnType<typeof findKconfiglib>, string>,
  cases: readonly KconfiglibCase[],
): readonly (readonly KconfiglibFiles[] | string)[] {
  const { status, stdout, stderr } = spawnSync(python, ["-c", script], {
    input: JSON.stringify(cases),
    encoding: "utf8",
    env: { PATH: process.env["PATH"], ...(path === undefined ? {} : { PYTHONPATH: path }) },
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`Kconfiglib failed: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout) as (KconfiglibFiles[] | string)[];
}
