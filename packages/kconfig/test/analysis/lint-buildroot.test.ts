import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dialects, lintTree, loadTree, type LintFinding } from "../../src/index.js";
import { nodeHost } from "../../src/node.js";
import { buildroot } from "../support/buildroot-oracle.js";

/** KCONFIG_ORACLE=all also looks for what takes minutes to prove. */
const all = process.env["KCONFIG_ORACLE"] === "all";
const missing = existsSync(join(buildroot, "Config.in")) ? undefined : "the buildroot submodule is not checked out";

// Buildroot 2026.02.3; a file of the tree that changes may change the figures.
describe("lint over Buildroot", { timeout: 900_000 }, () => {
  it("finds what is known to be there", (context) => {
    context.skip(missing !== undefined, missing);
    const host = nodeHost();
    const tree = loadTree({
      root: join(buildroot, "Config.in"),
      // Without external trees.
      host: { ...host, readFile: (path) => (path.includes(".br2-external.in") ? "" : host.readFile(path)) },
      dialect: dialects.buildroot,
      env: { BASE_DIR: "/out", BR2_VERSION_FULL: "2026.02.3", HOSTARCH: "x86_64", HOST_GCC_VERSION: "12" },
    });
    const findings = lintTree(tree, all ? {} : { codes: ["undefined-reference", "redundant-line"] });
    const counts: Record<string, number> = {};
    for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
    expect(counts).toEqual({
      "undefined-reference": 4,
      "redundant-line": 433,
      ...(all ? { unsatisfiable: 20, "select-unmet": 216 } : {}),
    });
    const about = (code: LintFinding["code"], symbol: string): LintFinding | undefined =>
      findings.find((finding) => finding.code === code && finding.symbol === symbol);
    // Looked up by hand: sh4eb is spelled so in one condition alone, and no menu has host packages of these names.
    const undefinedOnes = findings.filter(({ code }) => code === "undefined-reference");
    expect(undefinedOnes.map(({ path, line }) => `${path}:${line}`)).toEqual([
      "package/falcosecurity-libs/Config.in:17",
      "package/falcosecurity-libs/Config.in:18",
      "package/jemalloc/Config.in:12",
      "package/qemu/Config.in.host:40",
    ]);
    const repeated = findings.filter(({ code, path }) => code === "redundant-line" && !path.includes("bootlin"));
    expect(repeated.map(({ path, line, message }) => `${path}:${line} ${message}`)).toEqual([
      "package/thermald/Config.in:8 Line 5 says the same.",
    ]);
    if (!all) return;
    // It wants a gcc before 12, and the oldest one that can be built with glibc is 13.
    expect(about("unsatisfiable", "BR2_GCC_SUPPORTS_DLANG")?.message).toContain("contradicts itself");
    expect(about("unsatisfiable", "BR2_BROKEN")?.message).toContain("nothing selects it");
  });
});
