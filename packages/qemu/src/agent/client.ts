import { QemuError } from "../errors.js";
import { abortError, onAbort, throwIfAborted } from "../process/abort.js";
import { pause } from "../process/pause.js";
import type { MachineExit, WaitOptions } from "../types.js";
import type { AgentCommands, AgentExecResult, AgentInfo, AgentProgram, GuestAgent } from "../types/agent.js";
import { openChannel } from "./channel.js";

/** What an agent's client is made from. */
export interface AgentSource {
  /** The socket of the guest agent's port; undefined for a machine without one. */
  readonly socket: string | undefined;
  readonly exited: Promise<MachineExit>;
}

/** Milliseconds between two questions whether a program has ended: quick at first. */
const firstPauseMs = 50;
const lastPauseMs = 500;

/** The guest agent of a machine. */
export function createAgent({ socket, exited }: AgentSource): GuestAgent {
  const channel = socket === undefined ? undefined : openChannel(socket);
  let gone: MachineExit | undefined;
  const remember = (exit: MachineExit): void => void (gone = exit);
  void exited.then(remember);

  /** Runs something that asks the agent, within the caller's limits. */
  async function within<T>(
    what: string,
    options: WaitOptions,
    act: (
      ask: <Name extends keyof AgentCommands>(name: Name | string, args?: unknown) => Promise<unknown>,
      signal: AbortSignal,
    ) => Promise<T>,
  ): Promise<T> {
    if (channel === undefined) {
      throw new QemuError("AGENT_FAILED", "The machine has no port for a guest agent.", {
        hint: "Describe it with guestAgent: true.",
      });
    }
    throwIfAborted(options.signal);
    const limit = new AbortController();
    const timer = setTimeout(
      () => limit.abort(timeoutError(what, options.timeoutMs)),
      Math.min(options.timeoutMs, 2 ** 31 - 1),
    );
    const forget = onAbort(options.signal, () => options.signal && limit.abort(abortError(options.signal)));
    const atExit = (exit: MachineExit): void => limit.abort(exitedError(what, exit));
    if (gone !== undefined) atExit(gone);
    else void exited.then(atExit);
    try {
      return await act(
        (name, args) => channel.ask(name, args as Readonly<Record<string, unknown>> | undefined, limit.signal),
        limit.signal,
      );
    } finally {
      clearTimeout(timer);
      forget();
    }
  }

  const executeRaw = (name: string, args: Readonly<Record<string, unknown>> | undefined, options: WaitOptions) =>
    within(`the guest agent to answer ${name}`, options, (ask) => ask(name, args));
  const execute = executeRaw as GuestAgent["execute"];
  return {
    executeRaw,
    execute,
    ping: async (options) => void (await execute("guest-ping", undefined, options)),
    info: (options): Promise<AgentInfo> => execute("guest-info", undefined, options),
    exec: (program, options) =>
      within(`the end of ${JSON.stringify(program.file)} in the guest`, options, async (ask, signal) => {
        const { pid } = (await ask("guest-exec", execArguments(program))) as AgentCommands["guest-exec"]["result"];
        for (let ms = firstPauseMs; ; ms = Math.min(ms * 2, lastPauseMs)) {
          const status = (await ask("guest-exec-status", { pid })) as AgentCommands["guest-exec-status"]["result"];
          if (status.exited) return execResult(status);
          await pause(ms, signal);
          signal.throwIfAborted();
        }
      }),
  };
}

function execArguments(program: AgentProgram): AgentCommands["guest-exec"]["arguments"] {
  const { file, args = [], env, input } = program;
  return {
    path: file,
    arg: args,
    ...(env === undefined ? {} : { env: Object.entries(env).map(([name, value]) => `${name}=${value}`) }),
    ...(input === undefined ? {} : { "input-data": Buffer.from(input).toString("base64") }),
    "capture-output": true,
  };
}

function execResult(status: AgentCommands["guest-exec-status"]["result"]): AgentExecResult {
  const text = (data: string | undefined): string => Buffer.from(data ?? "", "base64").toString("utf8");
  return {
    exitCode: status.exitcode,
    signal: status.signal,
    stdout: text(status["out-data"]),
    stderr: text(status["err-data"]),
    truncated: status["out-truncated"] === true || status["err-truncated"] === true,
  };
}

function timeoutError(what: string, timeoutMs: number): QemuError {
  return new QemuError("WAIT_TIMEOUT", `Waited ${Math.round(timeoutMs) / 1000} s for ${what} in vain.`, {
    hint: "Does qemu-ga run in the guest, and has it the driver virtio_console? Its port is /dev/virtio-ports/org.qemu.guest_agent.0.",
    details: { timeoutMs },
  });
}

function exitedError(what: string, exit: MachineExit): QemuError {
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  return new QemuError("MACHINE_EXITED", `The machine ended (${how}) before ${what}.`, { details: { ...exit } });
}
