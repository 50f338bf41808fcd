import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { geteuid, umask } from "node:process";
import { afterAll, describe, expect, it } from "vitest";
import type { ConfMode } from "../../src/conf.js";
import { runConfOnDisk } from "../../src/node.js";
import { confTools, removeConfTools } from "../support/conf-tools.js";
import { snapshot } from "../support/snapshot.js";

const Kconfig = 'config A\n\tbool "a"\n\tdefault y\nconfig B\n\tstring "b"\n\tdefault "text"\n';
const autoConf = "include/config/auto.conf";

interface Case {
  readonly mode: ConfMode;
  readonly file?: string;
  readonly env?: Readonly<Record<string, string>>;
}

type Prepare = (at: (path: string) => string, prefix: string) => void;

/** What may stand where a file is to be written. */
const obstacles: Readonly<Record<string, (path: string, real: string) => void>> = {
  nothing: () => undefined,
  "a file": (path) => writeFileSync(path, "# old\n"),
  "a file of other rights": (path) => writeFileSync(path, "# old\n", { mode: 0o600 }),
  "a link": (path, real) => {
    writeFileSync(real, "# old\n");
    symlinkSync(real, path);
  },
  "a link to nowhere": (path, real) => symlinkSync(real, path),
  "a link to no folder": (path, real) => symlinkSync(`${real}/none`, path),
  "a link around": (path) => symlinkSync(path, path),
  "a file of two names": (path, real) => {
    writeFileSync(real, "# old\n");
    linkSync(real, path);
  },
  "a folder": (path) => mkdirSync(path),
  "a folder with something in it": (path) => mkdirSync(join(path, "in"), { recursive: true }),
  "a link to a folder": (path, real) => {
    mkdirSync(real);
    symlinkSync(real, path);
  },
};

for (const { title, dialect, missing, conf } of confTools) {
  describe(`how files are written, against the conf of ${title}`, { timeout: 600_000 }, () => {
    const base = mkdtempSync(join(tmpdir(), "kconfig-writing-"));
    afterAll(() => {
      rmSync(base, { recursive: true, force: true });
      removeConfTools();
    });
    const { prefix, files } = dialect;
    const isOld = dialect.semantics.oldRuns;
    const isBuildroot = files.configVariable === "BR2_CONFIG";

    async function compare(what: Case, prepare: Prepare): Promise<Record<string, string>> {
      const folder = join(base, "work");
      const fill = (): void => {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
        writeFileSync(join(folder, "Kconfig"), Kconfig);
        if (isBuildroot)
          for (const name of ["config", "generated"]) mkdirSync(join(folder, "include", name), { recursive: true });
        prepare((path) => join(folder, path), prefix);
      };
      const { mode, file } = what;
      const env = { ...(isBuildroot ? { KCONFIG_AUTOCONFIG: autoConf } : {}), ...what.env };
      fill();
      const expected = spawnSync(conf(), [file === undefined ? `--${mode}` : `--${mode}=${file}`, "Kconfig"], {
        cwd: folder,
        env,
        encoding: "latin1",
      });
      const left = snapshot(folder);
      // Where C's tool gives up it leaves behind what it has begun.
      for (const name of Object.keys(left)) if (/\.tmp(config.*)?$|\.tmpconfig\.\d+$/.test(name)) delete left[name];
      fill();
      const output = { stdout: "", stderr: "" };
      const { exitCode } = await runConfOnDisk({
        ...{ mode, env, dialect, root: "Kconfig", cwd: folder },
        ...(file === undefined ? {} : { file }),
        onOutput: (stream, data) => (output[stream] += Buffer.from(data).toString("latin1")),
      });
      const { status, stdout, stderr } = expected;
      const after = snapshot(folder);
      expect({ exitCode, ...output, files: after }).toEqual({ exitCode: status, stdout, stderr, files: left });
      return after;
    }

    for (const [name, put] of Object.entries(obstacles)) {
      it(`${name} in place of a file`, async (context) => {
        context.skip(missing !== undefined, missing);
        const where =
          (path: string): Prepare =>
          (at) => {
            if (path !== ".config") writeFileSync(at(".config"), `${prefix}B="x"\n`);
            mkdirSync(join(at(path), ".."), { recursive: true });
            put(at(path), at("real"));
          };
        for (const path of [".config", ".config.old"]) {
          expect(await compare({ mode: "olddefconfig" }, where(path))).toHaveProperty("Kconfig");
          await compare({ mode: "olddefconfig", env: { KCONFIG_OVERWRITECONFIG: "1" } }, where(path));
        }
        await compare({ mode: "savedefconfig", file: "out" }, where("out"));
        const built = isOld
          ? [isBuildroot ? ".config.cmd" : `${autoConf}.cmd`, "include/config/a.h", "include/config/tristate.conf"]
          : [`${autoConf}.cmd`, "include/config/A", "include/generated/rustc_cfg"];
        for (const path of [autoConf, "include/generated/autoconf.h", ...built]) {
          await compare({ mode: "syncconfig" }, where(path));
        }
        if (!isOld) await compare({ mode: "olddefconfig" }, where(autoConf));
      });
    }

    it("files and folders in place of folders", async (context) => {
      context.skip(missing !== undefined, missing);
      for (const path of ["include", "include/config", "include/generated"]) {
        const prepare: Prepare = (at) => {
          writeFileSync(at(".config"), "");
          rmSync(at(path), { recursive: true, force: true });
          mkdirSync(join(at(path), ".."), { recursive: true });
          writeFileSync(at(path), "");
        };
        await compare({ mode: "syncconfig" }, prepare);
        expect((await compare({ mode: "olddefconfig" }, prepare))[".config"]).toContain(`${prefix}A=y\n`);
      }
      for (const path of [
        "sub/c",
        "sub//c",
        "sub",
        "sub/",
        "sub/x/../c",
        "./c",
        ".",
        "..",
        "file/c",
        "x".repeat(240),
      ]) {
        for (const overwrite of ["", "1"]) {
          const env = { [files.configVariable]: path, KCONFIG_OVERWRITECONFIG: overwrite };
          await compare({ mode: "olddefconfig", env }, (at) => writeFileSync(at("file"), ""));
          await compare({ mode: "olddefconfig", env }, (at) => mkdirSync(at("sub")));
        }
        await compare({ mode: "savedefconfig", file: path }, (at) => writeFileSync(at("file"), ""));
      }
    });

    it("what the last auto.conf says of symbols that are gone", async (context) => {
      context.skip(missing !== undefined, missing);
      const gone = isOld ? "gone/on.h" : "GONE_ON";
      const names = ["GONE_ON", "GONE_ON", "_", "X".repeat(300)].slice(0, isOld ? 2 : 4);
      for (const put of Object.values(obstacles)) {
        const found = await compare({ mode: "syncconfig" }, (at) => {
          writeFileSync(at(".config"), "");
          mkdirSync(join(at(`include/config/${gone}`), ".."), { recursive: true });
          writeFileSync(at(autoConf), names.map((name) => `${prefix}${name}=y\n`).join(""));
          put(at(`include/config/${gone}`), at("real"));
        });
        expect(found[autoConf]).toMatch(isOld ? /A=y|GONE_ON=y/ : /A=y/);
      }
    });

    it("the rights that the umask leaves", async (context) => {
      context.skip(missing !== undefined, missing);
      for (const mask of [0, 0o002, 0o027, 0o077]) {
        const before = umask(mask);
        try {
          const prepare: Prepare = (at) => {
            writeFileSync(at(".config"), `${prefix}B="x"\n`);
            mkdirSync(at("include/config"), { recursive: true });
            writeFileSync(at(autoConf), `${prefix}GONE=y\n`);
          };
          for (const mode of ["olddefconfig", "syncconfig"] as const) await compare({ mode }, prepare);
          await compare({ mode: "savedefconfig", file: "out" }, prepare);
          const { out } = await compare({ mode: "savedefconfig", file: "out" }, () => undefined);
          expect(out?.slice(0, 6)).toBe((0o100666 & ~mask).toString(8));
        } finally {
          umask(before);
        }
      }
    });

    it("an auto.conf in another folder, or in none", async (context) => {
      context.skip(missing !== undefined, missing);
      for (const path of ["auto.conf", "./auto.conf", "sub/auto.conf", "none/auto.conf"]) {
        const env = { KCONFIG_AUTOCONFIG: path };
        const found = await compare({ mode: "syncconfig", env }, (at) => {
          writeFileSync(at(".config"), "");
          mkdirSync(at("sub"));
        });
        expect(found).toHaveProperty([".config"]);
      }
    });

    it("names of bytes that are no UTF-8", async (context) => {
      context.skip(missing !== undefined, missing);
      const found = await compare({ mode: "syncconfig" }, (at) => {
        writeFileSync(at(".config"), "");
        mkdirSync(Buffer.from(at("d\u00ff"), "latin1"));
        writeFileSync(Buffer.from(at("d\u00ff/s\u0080"), "latin1"), "config S\n\tdef_bool y\n\t@\n");
        writeFileSync(at("Kconfig"), `${Kconfig}source "d\u00ff/s\u0080"\n`, "latin1");
      });
      expect(found[".config"]).toContain(`${prefix}S=y\n`);
    });

    it("a file that belongs to somebody else", async (context) => {
      context.skip(missing !== undefined, missing);
      context.skip(geteuid?.() !== 0, "only root can give files away");
      const prepare: Prepare = (at) => {
        for (const name of [".config", "out"]) {
          writeFileSync(at(name), `${prefix}B="x"\n`);
          chmodSync(at(name), 0o640);
          chownSync(at(name), 65534, 65534);
        }
      };
      const env = { KCONFIG_OVERWRITECONFIG: "1" };
      expect((await compare({ mode: "olddefconfig", env }, prepare))[".config"]).toMatch(/^100640 65534:65534 1 /);
      await compare({ mode: "olddefconfig" }, prepare);
      await compare({ mode: "savedefconfig", file: "out" }, prepare);
    });
  });
}

it("a file with one name is replaced in one step, also behind links", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kconfig-writing-"));
  try {
    writeFileSync(join(folder, "Kconfig"), Kconfig);
    writeFileSync(join(folder, "real"), "# old\n");
    symlinkSync("real", join(folder, ".config"));
    const { ino } = statSync(join(folder, "real"));
    const dialect = confTools[0]!.dialect;
    const env = { KCONFIG_OVERWRITECONFIG: "1" };
    await runConfOnDisk({ mode: "olddefconfig", root: "Kconfig", cwd: folder, env, dialect });
    expect(statSync(join(folder, "real")).ino).not.toBe(ino);
    expect(Object.keys(snapshot(folder)).sort()).toEqual([".config", "Kconfig", "real"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
