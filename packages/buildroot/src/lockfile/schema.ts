const sum = { type: "string", pattern: "^[0-9a-f]{64}$" };
const commit = { type: "string", pattern: "^[0-9a-f]{40,64}$" };
const tree = (extra: Readonly<Record<string, unknown>>): object => ({
  type: "object",
  required: ["content", ...Object.keys(extra)],
  additionalProperties: false,
  properties: { commit, content: sum, ...extra },
});
const file = {
  type: "object",
  required: ["name", "sha256"],
  additionalProperties: false,
  properties: { name: { type: "string" }, sha256: sum },
};

/** The JSON Schema of `ipa-br.lock.json`, version 1. */
export const lockSchema: Readonly<Record<string, unknown>> = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "ipa-br.lock.json, version 1: what a Buildroot image is built of",
  type: "object",
  required: ["version", "buildroot", "externals", "fragments", "configuration", "toolchain", "sources"],
  additionalProperties: false,
  properties: {
    version: { const: 1 },
    buildroot: tree({ version: { type: "string" } }),
    externals: { type: "array", items: tree({ name: { type: "string" } }) },
    defconfig: file,
    fragments: { type: "array", items: file },
    configuration: { type: "object", additionalProperties: { type: "string" } },
    toolchain: {
      type: "object",
      required: ["kind"],
      additionalProperties: false,
      properties: {
        kind: { enum: ["buildroot", "download", "local"] },
        content: { type: "string", pattern: "^[0-9a-f]+$" },
      },
    },
    sources: {
      type: "array",
      items: {
        type: "object",
        required: ["name", "hash"],
        additionalProperties: false,
        properties: { name: { type: "string" }, hash: { type: "string", pattern: "^(?:none|sha\\d+:[0-9a-f]+)$" } },
      },
    },
    reproducible: {
      type: "object",
      required: ["output", "sourceDateEpoch"],
      additionalProperties: false,
      properties: { output: { type: "string" }, sourceDateEpoch: { type: "integer" } },
    },
  },
};
