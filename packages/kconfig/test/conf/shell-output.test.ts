import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runConfOnDisk } from "../../src/node.js";
import { confTools, removeConfTools } from "../support/conf-tools.js";

/** Commands that print a lot, odd bytes, late, or end badly. */
const commands: Readonly<Record<string, string>> = {
  "without end": "yes",
  "without end, from several processes": "yes & yes",
  "as much as the older tools' buffer holds": "head -c 255 /dev/zero | tr '\\0' x",
  "one more": "head -c 256 /dev/zero | tr '\\0' x",
  "as much as the buffer holds": "head -c 4095 /dev/zero | tr '\\0' x",
  "more than that": "head -c 4096 /dev/zero | tr '\\0' x",
  "empty lines to the end of the buffer": "head -c 4094 /dev/zero | tr '\\0' '\\n'; echo x",
  "empty lines beyond it": "head -c 4095 /dev/zero | tr '\\0' '\\n'; echo x",
  "a NUL byte": "printf 'a\\0b\\n'",
  "a NUL byte behind a line end": "printf 'ab\\n\\0\\n'",
  "bytes that are no UTF-8": "printf '\\377\\200\\n'; printf '\\376\\n' >&2",
  "what UTF-8 the command has": "printf '\u00c3\u0081\u00c3\u00a9\\n'",
  "what bytes the command has": "printf '%s\\n' '\u00ff\u0080' | sed 's/^/x/'; nosuch\u00ff",
  late: "(sleep 0.2; echo late) & echo early",
  "nothing, killed": "kill -9 $$; echo no",
};

for (const { title, dialect, missing, conf } of confTools.filter((tool) => tool.dialect.syntax.macros)) {
  describe(`what commands print, against the conf of ${title}`, { timeout: 600_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-shell-"));
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      removeConfTools();
    });

    for (const [name, command] of Object.entries(commands)) {
      it(`${name}`, async (context) => {
        context.skip(missing !== undefined, missing);
        const Kconfig = `config A\n\tstring "a"\n\tdefault "$(shell,${command})"\nconfig B\n\tstring "b"\n\tdefault "$(shell,echo next)"\n`;
        const fill = (): void => {
          rmSync(join(folder, "work"), { recursive: true, force: true });
          mkdirSync(join(folder, "work"));
          writeFileSync(join(folder, "work/Kconfig"), Kconfig, "latin1");
        };
        const result = (): string => readFileSync(join(folder, "work/.config"), "latin1");
        fill();
        const { status, stderr } = spawnSync(conf(), ["--alldefconfig", "Kconfig"], {
          cwd: join(folder, "work"),
          encoding: "latin1",
        });
        const expected = { exitCode: status, stderr, config: result() };
        // One command after the other, several at once, and with answers that are kept.
        for (const how of [{}, { jobs: 2 }, { jobs: 2, cacheDir: "cold" }, { jobs: 2, cacheDir: "cold" }]) {
          fill();
          let said = "";
          const { exitCode } = await runConfOnDisk({
            ...{ mode: "alldefconfig", root: "Kconfig", cwd: join(folder, "work"), env: process.env, dialect },
            ...how,
            ...(how.cacheDir === undefined ? {} : { cacheDir: join(folder, name, how.cacheDir) }),
            onOutput: (stream, data) => (said += stream === "stderr" ? Buffer.from(data).toString("latin1") : ""),
          });
          expect({ exitCode, stderr: said, config: result() }).toEqual(expected);
        }
      });
    }
  });
}
