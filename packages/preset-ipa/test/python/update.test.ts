import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Fetch,
  formatChange,
  onlineSource,
  type PackagesPlan,
  planPackages,
  writePackages,
} from "../../src/index.js";
import { buildroot, noBuildroot, tree } from "../support/repository.js";
import { licences, makeTarball } from "./support/sdist.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "preset-ipa-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the committed tree", () => {
  it("is exactly what the generator makes of the recording, without a conflict", async (context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    const plan = await planPackages({ externalTree: tree, buildroot });
    expect(plan.changes.map(formatChange)).toEqual([]);
    expect(plan.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(plan.packages.map((item) => item.package)).toContain("python-ironic-python-agent");
  });

  it("made anew from nothing but the recording has the same files", async (context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    cpSync(join(tree, "python-packages.json"), join(folder, "python-packages.json"));
    await writePackages(folder, await planPackages({ externalTree: folder, buildroot }));
    const generated = readdirSync(join(folder, "package"), { recursive: true, encoding: "utf8" }).sort();
    expect(generated.length).toBeGreaterThan(60);
    for (const name of generated.filter((entry) => /\.\w+$/.test(entry)))
      expect(readFileSync(join(folder, "package", name), "utf8")).toBe(
        readFileSync(join(tree, "package", name), "utf8"),
      );
  });

  it("pleases Buildroot's check-package", { timeout: 120_000 }, (context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    const python = ["python3", "/usr/bin/python3"].find(
      (name) => spawnSync(name, ["-c", "import magic, flake8"]).status === 0,
    );
    context.skip(
      python === undefined,
      "check-package needs Python's magic and flake8 (Debian: apt-get install python3-magic python3-flake8)",
    );
    const files = readdirSync(join(tree, "package"), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:mk|hash|in)$/.test(name))
      .map((name) => join(tree, "package", name));
    const checked = spawnSync(
      python!,
      [join(buildroot, "utils/check-package"), "-b", ...files, join(tree, "Config.in"), join(tree, "external.mk")],
      { encoding: "utf8" },
    );
    expect(checked.stdout + checked.stderr).toMatch(/\n0 warnings generated\n$/);
  });
});

/** A Buildroot with a few Python packages, and an index of made-up projects. */
class World {
  readonly projects = new Map<string, { version: string; files: Record<string, string> }>();
  readonly requested: string[] = [];
  readonly buildroot = join(folder, "buildroot");
  readonly tree = join(folder, "tree");

  constructor() {
    this.put(
      "package/python3/python3.mk",
      "PYTHON3_VERSION_MAJOR = 3.14\nPYTHON3_VERSION = $(PYTHON3_VERSION_MAJOR).5\n",
    );
    this.own("setuptools", "80.9.0", "host");
    this.own("pbr", "7.0.3", "host");
    this.own("wrapt", "2.0.1", "target");
    this.own("pyudev", "0.24.4", "target", "\tdepends on BR2_PACKAGE_HAS_UDEV\n");
    mkdirSync(this.tree, { recursive: true });
    this.project("ironic-python-agent", "13.0.0", "debtcollector>=2", "pyudev", "pbr>=6; python_version >= '3.10'");
    this.project("debtcollector", "3.0.0", "wrapt>=1.7.0");
    this.project("debtcollector@3.1.0", "3.1.0", "wrapt>=2.1");
    this.project("pbr", "7.0.3", "setuptools");
  }

  put(path: string, text: string): void {
    mkdirSync(dirname(join(this.buildroot, path)), { recursive: true });
    writeFileSync(join(this.buildroot, path), text);
  }

  own(name: string, version: string, kind: "host" | "target", conditions = ""): void {
    const upper = name.toUpperCase();
    const call = kind === "host" ? "host-python-package" : "python-package";
    this.put(`package/python-${name}/python-${name}.mk`, `PYTHON_${upper}_VERSION = ${version}\n$(eval $(${call}))\n`);
    this.put(
      `package/python-${name}/Config.in`,
      `config BR2_PACKAGE_PYTHON_${upper}\n\tbool "python-${name}"\n${conditions}\thelp\n\t  Text.\n`,
    );
  }

  project(key: string, version: string, ...requires: readonly string[]): void {
    const name = key.replace(/@.*/, "");
    const files = {
      "PKG-INFO": [
        "Metadata-Version: 2.4",
        `Name: ${name}`,
        `Summary: ${name} does things`,
        "Home-page: https://example.org",
        "License-File: LICENSE",
        ...requires.map((line) => `Requires-Dist: ${line}`),
      ].join("\n"),
      "pyproject.toml": '[build-system]\nrequires = ["pbr>=6.1.1"]\nbuild-backend = "pbr.build"\n',
      LICENSE: licences.apache,
    };
    this.projects.set(`${name} ${version}`, { version, files });
  }

  fetch: Fetch = (url) => {
    this.requested.push(url);
    const answer = (body: string | Uint8Array | undefined): ReturnType<Fetch> =>
      Promise.resolve({
        ok: body !== undefined,
        status: body === undefined ? 404 : 200,
        url,
        arrayBuffer: () => Promise.resolve(new Uint8Array(Buffer.from(body ?? "")).buffer),
      });
    const name = /^https:\/\/index\/simple\/([^/]+)\/$/.exec(url)?.[1];
    if (name !== undefined) {
      const files = [...this.projects]
        .filter(([key]) => key.startsWith(`${name} `))
        .map(([key, { version }]) => {
          const filename = `${name.replaceAll("-", "_")}-${version}.tar.gz`;
          const sha256 = createHash("sha256").update(this.tarball(key)).digest("hex");
          return { filename, url: `../../files/${filename}`, hashes: { sha256 } };
        });
      return answer(files.length === 0 ? undefined : JSON.stringify({ files }));
    }
    const [, file, version] = /\/files\/(.+)-([^-]+)\.tar\.gz$/.exec(url) ?? [];
    return answer(file === undefined ? undefined : this.tarball(`${file.replaceAll("_", "-")} ${version}`));
  };

  readonly #packed = new Map<string, Uint8Array>();
  tarball(key: string): Uint8Array {
    const packed = this.#packed.get(key) ?? makeTarball(key.replace(" ", "-"), this.projects.get(key)!.files);
    this.#packed.set(key, packed);
    return packed;
  }

  plan(constraints = "debtcollector===3.0.0\npbr===7.0.3\nwrapt===2.1.1\n", agent = "13.0.0"): Promise<PackagesPlan> {
    const source = onlineSource({
      fetch: this.fetch,
      index: "https://index/simple/",
      release: "2026.1",
      constraints: { text: constraints, path: "upper-constraints.txt" },
    });
    return planPackages({ externalTree: this.tree, buildroot: this.buildroot, source, agent });
  }
}

const messages = (plan: PackagesPlan, severity: string): string[] =>
  plan.findings.filter((finding) => finding.severity === severity).map(({ code, message }) => `${code} ${message}`);

describe("an update from an index", () => {
  it("packages what Buildroot lacks, and uses what it has", async () => {
    const world = new World();
    const plan = await world.plan();
    expect(plan.packages.map((item) => `${item.package} ${item.facts.version}`)).toEqual([
      "python-debtcollector 3.0.0",
      "python-ironic-python-agent 13.0.0",
      "python-pbr-runtime 7.0.3",
    ]);
    expect(messages(plan, "error")).toEqual([]);
    expect(messages(plan, "note").join("\n")).toMatch(
      /OTHER_VERSION wrapt is Buildroot's 2\.0\.1; release 2026\.1 has 2\.1\.1/,
    );
    await writePackages(world.tree, plan);
    const config = readFileSync(join(world.tree, "package/python-ironic-python-agent/Config.in"), "utf8");
    expect(config).toContain("\tdepends on BR2_PACKAGE_HAS_UDEV\n");
    expect(config).toContain("\tselect BR2_PACKAGE_PYTHON_PBR_RUNTIME # runtime\n");
    expect(readFileSync(join(world.tree, "package/python-debtcollector/python-debtcollector.mk"), "utf8"))
      .toBe(`${"#".repeat(80)}
#
# python-debtcollector
#
${"#".repeat(80)}

PYTHON_DEBTCOLLECTOR_VERSION = 3.0.0
PYTHON_DEBTCOLLECTOR_SOURCE = debtcollector-$(PYTHON_DEBTCOLLECTOR_VERSION).tar.gz
PYTHON_DEBTCOLLECTOR_SITE = https://files.pythonhosted.org/packages/source/d/debtcollector
PYTHON_DEBTCOLLECTOR_SETUP_TYPE = setuptools
PYTHON_DEBTCOLLECTOR_LICENSE = Apache-2.0
PYTHON_DEBTCOLLECTOR_LICENSE_FILES = LICENSE
PYTHON_DEBTCOLLECTOR_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
`);
    expect((await world.plan()).changes).toEqual([]);
    const recorded = await planPackages({ externalTree: world.tree, buildroot: world.buildroot });
    expect(recorded.changes).toEqual([]);
  });

  it("pins what would not work with Buildroot's own packages, and says why", async () => {
    const world = new World();
    const plan = await world.plan("debtcollector===3.1.0\npbr===7.0.3\n");
    expect(plan.packages[0]?.facts.version).toBe("3.0.0");
    expect(messages(plan, "note").join("\n")).toContain(
      "debtcollector is pinned to 3.0.0 instead of 3.1.0: debtcollector 3.1 needs wrapt 2.1",
    );
  });

  it("names conflicts, and writes nothing while there is one", async () => {
    const world = new World();
    world.project("ironic-python-agent", "13.0.0", "debtcollector>=4", "wrapt>=2.1", "pbr");
    world.own("pbr", "5.0", "host");
    const plan = await world.plan();
    expect(messages(plan, "error").sort()).toEqual([
      "NO_HOST_PACKAGE debtcollector 3.0.0 is built with pbr>=6.1.1; Buildroot has 5.0",
      "NO_HOST_PACKAGE ironic-python-agent 13.0.0 is built with pbr>=6.1.1; Buildroot has 5.0",
      "VERSION_CONFLICT ironic-python-agent 13.0.0 requires debtcollector>=4; the external tree has 3.0.0",
      "VERSION_CONFLICT ironic-python-agent 13.0.0 requires wrapt>=2.1; Buildroot has 2.0.1",
    ]);
    await expect(writePackages(world.tree, plan)).rejects.toMatchObject({ code: "PACKAGES_CONFLICT" });
    expect(existsSync(join(world.tree, "package"))).toBe(false);
  });

  it("removes the package that is no longer required, and shows versions that change", async () => {
    const world = new World();
    await writePackages(world.tree, await world.plan());
    world.project("ironic-python-agent", "14.0.0", "pyudev", "pbr");
    const plan = await world.plan(undefined, "14.0.0");
    expect(plan.versions).toEqual([
      { name: "debtcollector", before: "3.0.0", after: undefined },
      { name: "ironic-python-agent", before: "13.0.0", after: "14.0.0" },
    ]);
    expect(plan.changes.map(formatChange).join("\n")).toContain('\n-\tdefault "13.0.0"\n+\tdefault "14.0.0"\n');
    await writePackages(world.tree, plan);
    expect(readdirSync(join(world.tree, "package"))).toEqual([
      "Config.in",
      "python-ironic-python-agent",
      "python-pbr-runtime",
    ]);
  });

  it("takes no file but the one that the index lists", async () => {
    const world = new World();
    const honest = world.fetch;
    world.fetch = async (url, options) =>
      url.endsWith("debtcollector-3.0.0.tar.gz")
        ? { ok: true, status: 200, url, arrayBuffer: () => Promise.resolve(new ArrayBuffer(3)) }
        : honest(url, options);
    await expect(world.plan()).rejects.toMatchObject({ code: "HASH_MISMATCH" });
  });

  it.for([
    ["debtcollector===2.9\npbr===7.0.3\n", "PROJECT_MISSING", /no source distribution of debtcollector 2\.9/],
    ["pbr===7.0.3\n", "PROJECT_MISSING", /does not constrain debtcollector/],
    ["nothing\n", "FETCH_FAILED", /upper-constraints\.txt pins no version/],
  ] as const)("with constraints %j it ends with %s", async ([constraints, code, message]) => {
    await expect(new World().plan(constraints)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it("says which address did not answer", async () => {
    const world = new World();
    world.fetch = () => Promise.reject(new TypeError("fetch failed"));
    await expect(world.plan()).rejects.toMatchObject({
      code: "FETCH_FAILED",
      message: expect.stringContaining("https://index/simple/"),
    });
  });
});

describe("a recording", () => {
  it.for([
    ["{", /is no JSON/],
    ['{"format":2}', /format 2/],
    ['{"format":1}', /lacks roots/],
  ] as const)("that is %s is refused", async ([text, message]) => {
    mkdirSync(join(folder, "tree"));
    writeFileSync(join(folder, "tree/python-packages.json"), text);
    const planned = planPackages({ externalTree: join(folder, "tree"), buildroot: folder });
    await expect(planned).rejects.toMatchObject({
      code: "RECORDING_UNREADABLE",
      message: expect.stringMatching(message),
    });
  });

  it("that is missing is asked for", async () => {
    await expect(planPackages({ externalTree: folder, buildroot: folder })).rejects.toMatchObject({
      code: "RECORDING_UNREADABLE",
    });
  });
});
