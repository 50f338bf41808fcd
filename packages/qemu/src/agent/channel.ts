import { randomInt } from "node:crypto";
import { connect, type Socket } from "node:net";
import { QemuError } from "../errors.js";
import { pause } from "../process/pause.js";
import { type AgentAnswer, answerReader, sentinel } from "./reader.js";

/** A line to the agent: one command at a time, since its answers do not say what they answer. */
export interface AgentChannel {
  /** Aborting the signal rejects with its reason; the answer that still comes is not mistaken for another's. */
  ask(name: string, args: Readonly<Record<string, unknown>> | undefined, signal: AbortSignal): Promise<unknown>;
}

/** Milliseconds between two questions whether the agent listens, more each time, and between two tries to connect. */
const askAgainMs = 2000;
const askAgainLimitMs = 30_000;
const reconnectMs = 100;

/** A channel over the socket that QEMU listens at; connected when it is first used. */
export function openChannel(path: string): AgentChannel {
  let socket: Socket | undefined;
  let take: ((answer: AgentAnswer) => void) | undefined;
  let lane: Promise<unknown> = Promise.resolve();

  const onAnswer = (answer: AgentAnswer): void => take?.(answer);

  async function connected(signal: AbortSignal): Promise<Socket> {
    while (socket === undefined || socket.destroyed) {
      socket = await tryConnect(path);
      if (socket === undefined) await pause(reconnectMs, signal);
      else socket.setEncoding("latin1").on("data", answerReader(onAnswer)).unref();
      signal.throwIfAborted();
    }
    return socket;
  }

  /**
   * Asks until the agent answers, each time with another number: when it repeats the last one, nothing of earlier
   * questions is still to come. (An agent in the middle of nothing complains of the sentinel; that answer does not count.)
   */
  async function synchronize(line: Socket, signal: AbortSignal): Promise<void> {
    let over = false;
    for (let ms = askAgainMs; !over; ms = Math.min(ms * 2, askAgainLimitMs)) {
      const id = randomInt(2 ** 47);
      const turn = new AbortController();
      take = (answer) => {
        if (answer.kind !== "return" || answer.value !== id) return;
        over = true;
        turn.abort();
      };
      line.write(`${sentinel}${command("guest-sync-delimited", { id })}`, "latin1");
      await pause(ms, AbortSignal.any([signal, turn.signal]));
      signal.throwIfAborted();
    }
  }

  async function ask(name: string, args: Readonly<Record<string, unknown>> | undefined, signal: AbortSignal) {
    const line = await connected(signal);
    await synchronize(line, signal);
    const answered = new Promise<AgentAnswer>((resolve, reject) => {
      take = resolve;
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    });
    line.write(command(name, args));
    const answer = await answered.finally(() => (take = undefined));
    if (answer.kind === "return") return answer.value;
    throw new QemuError("AGENT_FAILED", `The guest agent refused ${name}: ${answer.description}`, {
      hint: "agent.info() lists what this agent can do; the QEMU Guest Agent Protocol Reference tells what it takes.",
      details: { command: name, class: answer.class },
    });
  }

  return {
    ask(name, args, signal) {
      const turn = lane.then(() => {
        signal.throwIfAborted();
        return ask(name, args, signal);
      });
      lane = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** The agent reads UTF-8; an escaped command survives the Latin-1 of the line. */
function command(execute: string, args: unknown): string {
  const text = JSON.stringify(args === undefined ? { execute } : { execute, arguments: args });
  return `${text.replaceAll(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}

function tryConnect(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => resolve(socket));
    socket.on("error", () => {
      socket.destroy();
      resolve(undefined);
    });
  });
}
