import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { validateWorkflow } from "@action-validator/core";
import { Job } from "kubernetes-models/batch/v1/Job";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  type Buildroot,
  githubWorkflow,
  gitlabPipeline,
  kubernetesJob,
  type MatrixEntry,
  runMatrix,
} from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { jsonValidator } from "../support/json-schema.js";
import { smallBuildroot } from "../support/small-tree.js";
import { temporaryFolder } from "../support/temporary.js";

const entries: readonly MatrixEntry[] = [
  { name: "bios", defconfig: "openstack_ipa_defconfig" },
  {
    name: "arm-64",
    defconfig: "board_defconfig",
    fragments: ["fragments/with space.fragment"],
    set: { BR2_TEXT: "it's $HOME", BR2_X: false, BR2_N: 3 },
  },
];
const remoteCache = "redis://cache.example:6379";

/** What a shell makes of the arguments. */
function words(text: string): string[] {
  return execFileSync("sh", ["-c", `set -- ${text}; for word; do printf '%s\\n' "$word"; done`], { encoding: "utf8" })
    .trimEnd()
    .split("\n");
}

const expected = [
  ...["--defconfig", "board_defconfig", "--fragment", "fragments/with space.fragment", "--set", "BR2_CCACHE=y"],
  ...["--set", "BR2_TEXT=it's $HOME", "--set", "BR2_X=n", "--set", "BR2_N=3"],
];

describe("githubWorkflow", () => {
  it("fits GitHub's schema, and has a job for each configuration", async () => {
    const text = await githubWorkflow({ entries, remoteCache, atOnce: 2, image: "debian:12" });
    expect(validateWorkflow(text).errors).toEqual([]);
    expect(validateWorkflow(text.replace("runs-on", "runs-at")).errors).not.toEqual([]);
    const { jobs } = parse(text);
    expect(jobs.build.env.CCACHE_REMOTE_STORAGE).toBe(remoteCache);
    expect(jobs.build.strategy).toMatchObject({ "max-parallel": 2, "fail-fast": false });
    const [first, second] = jobs.build.strategy.matrix.include;
    expect([first.name, second.name]).toEqual(["bios", "arm-64"]);
    expect(words(second.arguments)).toEqual(expected);
    expect(validateWorkflow(await githubWorkflow({ entries })).errors).toEqual([]);
  });
});

describe("gitlabPipeline", () => {
  it("fits GitLab's schema, and has a parallel job for each configuration", async () => {
    // GitLab's own schema of .gitlab-ci.yml, as gitlab-ci-local ships it.
    const require = createRequire(import.meta.url);
    const folder = dirname(require.resolve("gitlab-ci-local/package.json"));
    const schema = JSON.parse(readFileSync(join(folder, "src/schema/schema.json"), "utf8")) as object;
    const validate = jsonValidator().compile(schema);
    const text = await gitlabPipeline({ entries, remoteCache, atOnce: 1 });
    validate(parse(text));
    expect(validate.errors).toBeNull();
    validate(parse(await gitlabPipeline({ entries })));
    expect(validate.errors).toBeNull();
    expect(validate(parse(text.replace("expire_in", "expires")))).toBe(false);
    const job = parse(text)["build-image"];
    expect(job.variables.CCACHE_REMOTE_STORAGE).toBe(remoteCache);
    expect(words(job.parallel.matrix[1].ARGUMENTS)).toEqual(expected);
  });
});

describe("kubernetesJob", () => {
  it("fits Kubernetes' schema, and each index builds its configuration", async () => {
    const text = await kubernetesJob({
      entries,
      remoteCache,
      image: "registry.example/buildroot:1",
      claim: "images",
      atOnce: 8,
    });
    const job = parse(text);
    expect(() => new Job(job).validate()).not.toThrow();
    expect(() => new Job({ ...job, spec: { ...job.spec, completions: "two" } }).validate()).toThrow(
      /completions|integer/,
    );
    expect(job.spec).toMatchObject({ completionMode: "Indexed", completions: 2, parallelism: 2 });
    const [container] = job.spec.template.spec.containers;
    expect(container.env).toContainEqual({ name: "CCACHE_REMOTE_STORAGE", value: remoteCache });
    // The script itself, with what it would run printed.
    const folder = await temporaryFolder();
    const script = String(container.command[2])
      .replace("cd /work\n", `cd ${folder}\n`)
      .replace("exec npx --yes @ipa-br/cli build", String.raw`printf '%s\n'`);
    const said = execFileSync("/bin/sh", ["-c", script], { env: { JOB_COMPLETION_INDEX: "1" }, encoding: "utf8" });
    expect(said.trimEnd().split("\n")).toEqual([...expected, "--output", "/work/output/arm-64"]);
  });
});

describe("a matrix", () => {
  it.each([
    [[], undefined],
    [[entries[0]!, entries[0]!], undefined],
    [[{ name: "a b", defconfig: "x" }], undefined],
    [[{ name: "a", defconfig: "x; rm" }], undefined],
    [entries, "memcached://x"],
    [Array.from({ length: 257 }, (_, index) => ({ name: `n${index}`, defconfig: "x" })), undefined],
  ] as const)("that cannot be is refused: %#", async (given, cache) => {
    const options = { entries: given, ...(cache === undefined ? {} : { remoteCache: cache }) };
    await expect(githubWorkflow(options)).rejects.toThrow("The matrix cannot be built");
  });

  it("is built on this machine, so many at once, and one failure does not end the others", async () => {
    const folder = await temporaryFolder();
    let running = 0;
    let most = 0;
    const open = async (entry: MatrixEntry): Promise<Buildroot> => {
      const rule =
        entry.name === "two" ? "\t@false" : `\t@sleep 0.3; mkdir -p $(O)/images; echo x > $(O)/images/${entry.name}`;
      return smallBuildroot(join(folder, entry.name), rule);
    };
    const names = ["one", "two", "three", "four"];
    const outcomes = await runMatrix({
      entries: names.map((name) => ({ name, defconfig: "small_defconfig", set: { BR2_TEXT: name } })),
      open,
      atOnce: 2,
      onEntry: (_entry, state) => {
        running += state === "started" ? 1 : -1;
        most = Math.max(most, running);
      },
    });
    expect(most).toBe(2);
    expect(outcomes.map(({ result, error }) => result?.images[0]?.name ?? (error as { code?: string }).code)).toEqual([
      "one",
      "BUILD_FAILED",
      "three",
      "four",
    ]);
    expect((await rejection(runMatrix({ entries: [], open }))).code).toBe("MATRIX_INVALID");
  });
});
