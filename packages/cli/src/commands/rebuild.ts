import { createInterface } from "node:readline/promises";
import {
  type Buildroot,
  BuildrootError,
  type BuildResult,
  type RebuildAdvice,
  type RebuildPolicy,
} from "@ipa-br/buildroot";
import { type Io, note, print } from "../io.js";
import { formatAdvice } from "../ui/advice.js";
import { printEvent } from "../ui/events.js";

/** `ipa-br build --explain`: what the build would make anew and why. */
export async function explainRebuild(io: Io, tree: Buildroot, json: boolean): Promise<void> {
  const advice = await tree.rebuildAdvice({ signal: io.signal });
  if (json) printEvent(io, { type: "rebuild-advice", ...advice });
  else print(io, formatAdvice(advice).join("\n"));
}

/** Builds; where that takes somebody's word and somebody is at the terminal, asks and builds as told. */
export async function buildAsking(
  io: Io,
  policy: RebuildPolicy | undefined,
  ask: boolean,
  run: (policy: RebuildPolicy) => Promise<BuildResult>,
): Promise<BuildResult> {
  try {
    return await run(policy ?? "safe");
  } catch (error) {
    if (!BuildrootError.is(error) || error.code !== "REBUILD_NEEDED" || !ask) throw error;
    const answer = await askPolicy(io, error.details["advice"] as RebuildAdvice);
    if (answer === undefined) throw error;
    return run(answer);
  }
}

async function askPolicy(io: Io, advice: RebuildAdvice): Promise<RebuildPolicy | undefined> {
  for (const line of formatAdvice(advice)) note(io, line);
  const question = createInterface({ input: io.stdin, output: io.stderr });
  // The end of the input is an answer too.
  const ended = new Promise<string>((resolve) => question.once("close", () => resolve("")));
  try {
    const asked = question.question(
      advice.level === "clean" && !advice.canWait
        ? "Build all of it from clean [c], go on with what is there [g], or stop [S]? "
        : "Make them anew and lose that [c], go on with what is there [g], or stop [S]? ",
      { signal: io.signal },
    );
    const answer = (await Promise.race([asked, ended])).trim().toLowerCase();
    if (answer === "c") return "all";
    return answer === "g" ? "none" : undefined;
  } finally {
    question.close();
  }
}
