import { checkPipeline } from "./check.js";
import { buildArguments, cacheVariables, commandOf, hostPackages } from "./command.js";
import type { PipelineOptions } from "./types.js";

/** A workflow of GitHub Actions with a job for each entry; to be put into .github/workflows. Throws MATRIX_INVALID. */
export async function githubWorkflow(options: PipelineOptions): Promise<string> {
  // https://docs.github.com/actions/using-jobs/using-a-matrix-for-your-jobs: at most 256 jobs.
  checkPipeline(options, 256);
  const { entries, atOnce, image } = options;
  const folder = "output/${{ matrix.name }}";
  return document("GitHub Actions", {
    name: "Images",
    on: { workflow_dispatch: null, push: { branches: ["main"] } },
    permissions: { contents: "read" },
    jobs: {
      build: {
        name: "${{ matrix.name }}",
        "runs-on": "ubuntu-24.04",
        ...(image === undefined ? {} : { container: image }),
        "timeout-minutes": 350,
        strategy: {
          "fail-fast": false,
          ...(atOnce === undefined ? {} : { "max-parallel": atOnce }),
          matrix: {
            include: entries.map((entry) => ({ name: entry.name, arguments: buildArguments(entry, options) })),
          },
        },
        env: { BR2_DL_DIR: "${{ github.workspace }}/dl", FORCE_COLOR: "0", ...cacheVariables(options) },
        steps: [
          { uses: "actions/checkout@v4", with: { submodules: true } },
          { uses: "actions/setup-node@v4", with: { "node-version": 24 } },
          {
            uses: "actions/cache@v4",
            with: { path: "dl", key: "dl-${{ matrix.name }}-${{ github.sha }}", "restore-keys": "dl-" },
          },
          {
            name: "Packages that Buildroot needs",
            run: `sudo=$(command -v sudo || true)\n$sudo apt-get update\n$sudo apt-get install --yes --no-install-recommends ${hostPackages}\n`,
          },
          { name: "Build", run: `${commandOf(options)} build \${{ matrix.arguments }} --output "$PWD/${folder}"\n` },
          {
            uses: "actions/upload-artifact@v4",
            with: { name: "${{ matrix.name }}", path: `${folder}/images`, "if-no-files-found": "error" },
          },
          {
            if: "failure()",
            uses: "actions/upload-artifact@v4",
            with: { name: "${{ matrix.name }}-log", path: `${folder}/ipa-br/*.log` },
          },
        ],
      },
    },
  });
}

/** YAML with a line above it that says where it comes from. */
export async function document(engine: string, value: unknown): Promise<string> {
  // It is many modules, and nobody else needs them.
  const { stringify } = await import("yaml");
  return `# ${engine}: written by ipa-br matrix.\n${stringify(value, { lineWidth: 0, nullStr: "" })}`;
}
