import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keptAnswers, localDoctorHost } from "../../src/index.js";
import { freshAnswers } from "../../src/process/answers.js";
import { env } from "../support/programs.js";
import { temporaryFolder } from "../support/temporary.js";

/** A program that counts how often it is run, and says `says`. */
async function program(folder: string, says: string, exitCode = 0): Promise<string> {
  const path = join(folder, "tool");
  await writeFile(
    path,
    `#!/bin/sh\necho "$*" >> ${folder}/runs\ncat\necho '${says}'\necho aside >&2\nexit ${exitCode}\n`,
  );
  await chmod(path, 0o755);
  return path;
}

const runs = async (folder: string): Promise<number> =>
  (await readFile(join(folder, "runs"), "utf8")).split("\n").length - 1;

describe("what programs said", () => {
  it("is asked once, and in the next process not at all", async () => {
    const folder = await temporaryFolder();
    const tool = await program(folder, "1.0");
    const path = join(folder, "cache/answers.json");
    const first = await keptAnswers(path);
    const asked = [first.ask(tool, ["-v"], env, "in\n"), first.ask(tool, ["-v"], env, "in\n")];
    expect(await Promise.all(asked)).toEqual(
      Array.from({ length: 2 }, () => ({ exitCode: 0, output: "in\n1.0\naside\n" })),
    );
    expect(await runs(folder)).toBe(1);
    await first.keep();
    const second = await keptAnswers(path);
    expect((await second.ask(tool, ["-v"], env, "in\n")).output).toBe("in\n1.0\naside\n");
    const host = await localDoctorHost(env, second);
    expect((await host.run(tool, ["-v"], "in\n")).output).toBe("in\n1.0\naside\n");
    expect(await runs(folder)).toBe(1);
  });

  it("does not count for another program, question or environment, nor after a day", async () => {
    const folder = await temporaryFolder();
    const tool = await program(folder, "1.0");
    const path = join(folder, "answers.json");
    const first = await keptAnswers(path);
    await first.ask(tool, ["-v"], env);
    await first.keep();
    const ask = async (args: readonly string[], more: Record<string, string> = {}): Promise<string> =>
      (await (await keptAnswers(path)).ask(tool, args, { ...env, ...more })).output;
    await ask(["-v"], { SHLVL: "7" });
    expect(await runs(folder)).toBe(1);
    await ask(["--version"]);
    await ask(["-v"], { PERL5LIB: "/elsewhere" });
    expect(await runs(folder)).toBe(3);
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace(/"at":\d+/, `"at":${Date.now() - 25 * 60 * 60 * 1000}`));
    await ask(["-v"]);
    expect(await runs(folder)).toBe(4);
    await writeFile(path, text);
    await program(folder, "2.0, as long");
    expect(await ask(["-v"])).toContain("2.0");
  });

  it("is not kept where it failed, and a file that makes no sense is none", async () => {
    const folder = await temporaryFolder();
    const tool = await program(folder, "broken", 3);
    const path = join(folder, "answers.json");
    await writeFile(path, '{"version":1,"answers":{"x":');
    for (let time = 1; time <= 2; time++) {
      const answers = await keptAnswers(path);
      expect((await answers.ask(tool, ["-v"], env)).exitCode).toBe(3);
      await answers.keep();
      expect(await runs(folder)).toBe(time);
    }
    const answers = await keptAnswers("/dev/null/answers.json");
    expect(await answers.ask(join(folder, "nowhere"), [], env)).toEqual({ exitCode: undefined, output: "" });
    await answers.ask("/bin/true", [], env);
    await expect(answers.keep()).resolves.toBeUndefined();
    await expect(freshAnswers().keep()).resolves.toBeUndefined();
  });
});
