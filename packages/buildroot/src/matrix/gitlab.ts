import { checkPipeline } from "./check.js";
import { buildArguments, cacheVariables, commandOf, hostPackages } from "./command.js";
import { document } from "./github.js";
import type { PipelineOptions } from "./types.js";

/** A pipeline of GitLab CI with a parallel job for each entry; .gitlab-ci.yml, or to be included by one. Throws MATRIX_INVALID. */
export async function gitlabPipeline(options: PipelineOptions): Promise<string> {
  // https://docs.gitlab.com/ci/yaml/#parallelmatrix: at most 200 jobs.
  checkPipeline(options, 200);
  return document("GitLab CI", {
    stages: ["build"],
    "build-image": {
      stage: "build",
      image: options.image ?? "node:24-bookworm",
      parallel: {
        matrix: options.entries.map((entry) => ({ NAME: entry.name, ARGUMENTS: buildArguments(entry, options) })),
      },
      variables: {
        BR2_DL_DIR: "$CI_PROJECT_DIR/dl",
        GIT_SUBMODULE_STRATEGY: "normal",
        FORCE_UNSAFE_CONFIGURE: "1",
        ...cacheVariables(options),
      },
      cache: { key: "dl", paths: ["dl/"], when: "always" },
      before_script: ["apt-get update", `apt-get install --yes --no-install-recommends ${hostPackages}`],
      script: [`eval "set -- $ARGUMENTS"`, `${commandOf(options)} build "$@" --output "$CI_PROJECT_DIR/output/$NAME"`],
      artifacts: {
        name: "$NAME",
        when: "always",
        paths: ["output/$NAME/images/", "output/$NAME/ipa-br/*.log"],
        expire_in: "30 days",
      },
      // One at a time of those that share a group; without it GitLab runs as many as there are runners.
      ...(options.atOnce === 1 ? { resource_group: "images" } : {}),
    },
  });
}
