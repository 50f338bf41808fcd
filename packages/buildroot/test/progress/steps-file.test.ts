import { execFile, spawnSync } from "node:child_process";
import { appendFile, chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { instrumentationScript, parseStepMark, type StepMark, StepsFollower } from "../../src/progress/steps-file.js";
import { temporaryFolder } from "../support/temporary.js";

async function scriptIn(folder: string, stepsPath: string): Promise<string> {
  const path = join(folder, "instrumentation.sh");
  await writeFile(path, instrumentationScript(stepsPath));
  await chmod(path, 0o755);
  return path;
}

describe("the script that Buildroot calls", () => {
  it("never fails a build, even with its folder gone", async () => {
    const folder = await temporaryFolder();
    const script = await scriptIn(folder, join(folder, "gone/steps"));
    const { status, stdout, stderr } = spawnSync(script, ["start", "build", "busybox"], { encoding: "utf8" });
    expect([status, stdout, stderr]).toEqual([0, "", ""]);
  });

  it("called by many packages at once, every mark arrives whole", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "steps");
    const script = await scriptIn(folder, path);
    const marks: StepMark[] = [];
    const follower = new StepsFollower(path, (mark) => marks.push(mark));
    const names = Array.from({ length: 8 }, (_, index) => `a-package-with-a-long-name-${index}`);
    // Eight packages with twenty-five steps each, side by side.
    await Promise.all(
      names.map((name) =>
        promisify(execFile)("sh", ["-c", `for i in $(seq 25); do ${script} start step$i ${name}; done`]),
      ),
    );
    follower.end();
    expect(marks).toHaveLength(200);
    for (const name of names)
      expect(marks.filter((mark) => mark.package === name).map(({ step }) => step)).toEqual(
        Array.from({ length: 25 }, (_, index) => `step${index + 1}`),
      );
  });
});

describe("StepsFollower", () => {
  it("tells of marks while the file grows, waits for the end of a line, and begins with an empty file", async () => {
    const path = join(await temporaryFolder(), "steps");
    await writeFile(path, "start build of-the-build-before\n");
    const marks: string[] = [];
    const follower = new StepsFollower(path, ({ phase, step, package: name }) =>
      marks.push(`${phase} ${step} ${name}`),
    );
    await appendFile(path, "start build zlib\nend bu");
    await expect.poll(() => marks, { timeout: 10_000 }).toEqual(["start build zlib"]);
    await appendFile(path, "ild zlib\n");
    await expect.poll(() => marks, { timeout: 10_000 }).toEqual(["start build zlib", "end build zlib"]);
    // What comes just before the end is not lost.
    await appendFile(path, `${"start extract many\n".repeat(5000)}`);
    follower.end();
    expect(marks).toHaveLength(5002);
  });

  it.each([
    ["start build busybox", { phase: "start", step: "build", package: "busybox" }],
    ["end install-target host-gcc-final", { phase: "end", step: "install-target", package: "host-gcc-final" }],
    ["begin build busybox", undefined],
    ["start build", undefined],
    ["start", undefined],
    ["", undefined],
  ])("%j", (line, mark) => {
    expect(parseStepMark(line)).toEqual(mark);
  });
});
