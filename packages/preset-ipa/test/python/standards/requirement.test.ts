import { describe, expect, it } from "vitest";
import { parseConstraints } from "../../../src/python/standards/constraints.js";
import { linuxEnvironment } from "../../../src/python/standards/marker.js";
import { normalizeName, parseRequirement } from "../../../src/python/standards/requirement.js";

describe("parseRequirement", () => {
  it.for([
    ["oslo.config>=9.7.1", "oslo-config", [], ">=9.7.1", undefined],
    ["typing_extensions", "typing-extensions", [], "", undefined],
    ["setuptools_scm[toml] >=3.4", "setuptools-scm", ["toml"], ">=3.4", undefined],
    ["zipp (>=0.5, <4) ; python_version < '3.8'", "zipp", [], ">=0.5,<4", "python_version < '3.8'"],
  ] as const)("%s", ([text, name, extras, specifier, marker]) =>
    expect(parseRequirement(text)).toEqual({ name, extras, specifier, marker }),
  );

  it.for(["", "-r other.txt", "pbr @ https://example.org/pbr.tar.gz", ">=1.0"])("%j is none", (text) =>
    expect(parseRequirement(text)).toBeUndefined(),
  );
});

it("names are alike whatever separates their words", () => {
  expect(["Oslo.Config", "oslo_config", "oslo--config"].map(normalizeName)).toEqual(Array(3).fill("oslo-config"));
});

it("constraints of other environments, comments and ranges are left out", () => {
  const text = `# 2026.1
wrapt===2.1.1
numpy===1.0;python_version<'3.9'
numpy===2.0;python_version>='3.9'
Pint===0.24.4  # units
requests>=2
`;
  expect([...parseConstraints(text, linuxEnvironment("3.14.5", "x86_64"))]).toEqual([
    ["wrapt", "2.1.1"],
    ["numpy", "2.0"],
    ["pint", "0.24.4"],
  ]);
});
