import { checkPipeline } from "./check.js";
import { buildArguments, cacheVariables, commandOf } from "./command.js";
import { document } from "./github.js";
import type { PipelineOptions } from "./types.js";

export interface KubernetesOptions extends PipelineOptions {
  /** A container image that has Node and what Buildroot needs of a host. */
  readonly image: string;
  /** The job's name. Default "ipa-br-images". */
  readonly name?: string;
  /** A PersistentVolumeClaim for downloads, external trees and results, shared by all pods; it is mounted at /work. */
  readonly claim: string;
}

/** An indexed Job of Kubernetes (1.29 or newer) with a pod for each entry, results in /work/output/<name>. Throws MATRIX_INVALID. */
export async function kubernetesJob(options: KubernetesOptions): Promise<string> {
  checkPipeline(options, 10_000);
  const { entries, atOnce, image, name = "ipa-br-images", claim } = options;
  const cases = entries.map(
    (entry, index) => `  ${index}) name=${entry.name}; set -- ${buildArguments(entry, options)} ;;`,
  );
  const script = [
    "set -eu",
    "cd /work",
    'case "$JOB_COMPLETION_INDEX" in',
    ...cases,
    "esac",
    `exec ${commandOf(options)} build "$@" --output "/work/output/$name"`,
  ];
  const variables = { HOME: "/work/home", BR2_DL_DIR: "/work/dl", ...cacheVariables(options) };
  return document("Kubernetes", {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, labels: { "app.kubernetes.io/managed-by": "ipa-br" } },
    spec: {
      completionMode: "Indexed",
      completions: entries.length,
      parallelism: Math.min(atOnce ?? entries.length, entries.length),
      backoffLimitPerIndex: 1,
      maxFailedIndexes: entries.length,
      template: {
        spec: {
          restartPolicy: "Never",
          // Buildroot refuses nothing to a user, and a few packages to root.
          securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 },
          containers: [
            {
              name: "build",
              image,
              command: ["/bin/sh", "-c", `${script.join("\n")}\n`],
              env: Object.entries(variables).map(([variable, value]) => ({ name: variable, value })),
              resources: { requests: { cpu: "2", memory: "4Gi" } },
              volumeMounts: [{ name: "work", mountPath: "/work" }],
            },
          ],
          volumes: [{ name: "work", persistentVolumeClaim: { claimName: claim } }],
        },
      },
    },
  });
}
