import type { Adjustment } from "./types.js";

/** Where the generated packages differ from what the release and the projects' metadata say, and why. */
export const adjustments: readonly Adjustment[] = [
  {
    kind: "pin",
    project: "debtcollector",
    version: "3.0.0",
    unless: "<3.1",
    reason:
      "debtcollector 3.1 needs wrapt 2.1 or newer; Buildroot 2026.02 has wrapt 2.0.1, and an external tree cannot redefine a package of Buildroot's",
  },
  {
    kind: "name",
    project: "pbr",
    package: "python-pbr-runtime",
    reason:
      'Buildroot has host-python-pbr only, and a target variant of it from an external tree ends with "defines host variant before target variant"',
  },
  {
    kind: "without",
    project: "pbr",
    requirement: "setuptools",
    reason: "pbr needs setuptools to build packages; on the target it only reads versions from installed metadata",
  },
  {
    kind: "environment",
    project: "ironic-python-agent",
    variable: "PBR_VERSION",
    value: "$(PYTHON_IRONIC_PYTHON_AGENT_PBR_VERSION)",
    reason: "a checkout copied by OVERRIDE_SRCDIR and a tarball of a branch have no version that pbr could find",
  },
  ...["SKIP_GENERATE_AUTHORS", "SKIP_GIT_SDIST", "SKIP_WRITE_GIT_CHANGELOG"].map((variable) => ({
    kind: "environment" as const,
    project: "ironic-python-agent",
    variable,
    value: "1",
    reason: "pbr would ask the Git repository that the output folder happens to be in",
  })),
  {
    kind: "select",
    project: "ironic-python-agent",
    symbol: "BR2_PACKAGE_PYTHON3_SSL",
    reason: "makes the certificate of its API and verifies the conductor's",
  },
  {
    kind: "select",
    project: "ironic-python-agent",
    symbol: "BR2_PACKAGE_PYTHON3_ZLIB",
    reason: "collects logs in a gzipped archive, unpacks config drives",
  },
  {
    kind: "select",
    project: "ironic-python-agent",
    symbol: "BR2_PACKAGE_PYTHON3_XZ",
    reason: "tarfile and shutil offer what lzma can read",
  },
  {
    kind: "select",
    project: "ironic-python-agent",
    symbol: "BR2_PACKAGE_PYTHON3_PYEXPAT",
    reason: "reads XML that hardware tools print",
  },
  {
    kind: "select",
    project: "pint",
    symbol: "BR2_PACKAGE_PYTHON3_DECIMAL",
    reason: "imports decimal",
  },
  {
    kind: "select",
    project: "pint",
    symbol: "BR2_PACKAGE_PYTHON3_UNICODEDATA",
    reason: "names of units are normalised Unicode",
  },
];
