import { randomBytes } from "node:crypto";
import { QemuError } from "../errors.js";
import type { WaitOptions } from "../types.js";
import { endBeforeNoise } from "../wait/kernel-noise.js";
import { takenLoginPrompt } from "../wait/login-prompt.js";
import { text } from "../wait/text.js";
import type { Talking } from "./exec.js";

/** Who logs in. */
export interface Credentials {
  readonly user: string;
  readonly password?: string;
}

/**
 * What a login program says next: it asks for the password, refuses, asks again, or a shell prompts. The prompt of a
 * program that asks again is not part of the match: the next login reads it.
 */
const answer = text(
  new RegExp(
    [
      String.raw`(?<password>[Pp]assword: ?)${endBeforeNoise}`,
      String.raw`(?<refused>[Ll]ogin incorrect|(?=[^\n]*\blogin: ?${endBeforeNoise}))`,
      String.raw`(?<shell>[#$%>] ?)${endBeforeNoise}`,
    ].join("|"),
  ),
);

/** Milliseconds for a shell whose prompt is not recognized, and between two questions whether it listens. */
const promptMs = 10_000;
const askAgainMs = 5_000;

/**
 * Logs in at a prompt, and makes sure that a shell listens behind it.
 * Errors: `LOGIN_FAILED`, and those of `waitFor`.
 */
export async function login(console: Talking, credentials: Credentials, options: WaitOptions): Promise<void> {
  const deadline = performance.now() + options.timeoutMs;
  const within = (atMostMs: number): WaitOptions => ({
    ...options,
    timeoutMs: Math.max(1, Math.min(atMostMs, deadline - performance.now())),
  });
  const next = (description: string, atMostMs = options.timeoutMs): Promise<RegExpExecArray> =>
    console.waitFor({ description, wait: answer.wait }, within(atMostMs));

  const enterUser = async (): Promise<RegExpExecArray | undefined> => {
    console.send(`${credentials.user}\n`);
    // Behind the echo of the user's name nothing is left of earlier prompts.
    await orSilence(console.waitFor(text(credentials.user), within(promptMs)));
    return orSilence(next("a shell or the question for the password", promptMs));
  };

  await console.waitFor(takenLoginPrompt(), within(options.timeoutMs));
  let reply = await enterUser();
  if (reply?.groups?.["refused"] === "") {
    // Asked again without a word: the prompt was being made anew (an empty line typed before, a getty that restarted).
    // The name typed meanwhile was read all the same, or thrown away.
    await console.waitFor(text(/\blogin: ?/), within(options.timeoutMs));
    reply = (await orSilence(next("an answer to the user's name", askAgainMs))) ?? (await enterUser());
  }
  if (reply?.groups?.["password"] !== undefined) {
    if (credentials.password === undefined) throw failed(credentials.user, "asks for a password, and none was given");
    console.send(`${credentials.password}\n`);
    reply = await orSilence(next("a shell", promptMs));
  }
  if (reply?.groups?.["refused"] !== undefined) throw failed(credentials.user, "refuses the user or the password");
  await shellListens(console, deadline, within);
}

/** Asks the shell to print something until it does: what is typed while login ends may be thrown away. */
async function shellListens(
  console: Talking,
  deadline: number,
  within: (atMostMs: number) => WaitOptions,
): Promise<void> {
  const id = randomBytes(4).toString("hex");
  const ready = { description: "the shell behind the login", wait: text(`<ready:${id}>`).wait };
  for (;;) {
    console.send(` printf '<%s:%s>\\n' ready ${id}\n`);
    const last = deadline - performance.now() <= askAgainMs;
    const waiting = console.waitFor(ready, within(last ? Number.POSITIVE_INFINITY : askAgainMs));
    if ((await (last ? waiting : orSilence(waiting))) !== undefined) return;
  }
}

async function orSilence<T>(waiting: Promise<T>): Promise<T | undefined> {
  try {
    return await waiting;
  } catch (error) {
    if (QemuError.is(error) && error.code === "WAIT_TIMEOUT") return undefined;
    throw error;
  }
}

function failed(user: string, what: string): QemuError {
  return new QemuError("LOGIN_FAILED", `The guest ${what}: user ${user}.`, {
    hint: "Check the image's users and passwords (/etc/passwd, /etc/shadow).",
    details: { user },
  });
}
