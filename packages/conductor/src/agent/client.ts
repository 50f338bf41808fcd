import { agentRequest } from "./request.js";
import { agentStatus, commandList, commandResult, type AgentStatus, type CommandResult } from "../schemas/agent.js";
import { commandFailed } from "./command-error.js";
import { ConductorError } from "../errors.js";
import { parseAnswer, parseValue } from "./parse.js";
import { pause } from "../wait/pause.js";
import { resultSchemas, type AgentCommands } from "./commands.js";
import type { AgentEndpoint } from "./endpoint.js";
import type { WaitOptions } from "../types.js";

/** Told after each command that the agent took. */
export type OnCommand = (command: { readonly name: string; readonly status: string }) => void;

/** Limits of a command. */
export interface ExecuteOptions extends WaitOptions {
  /** Milliseconds between two looks at a command that runs; 500 unless said otherwise. */
  readonly pollMs?: number;
}

/**
 * The commands of one agent. Every call may end with `AGENT_UNREACHABLE`, `AGENT_UNTRUSTED`, `AGENT_ANSWER_INVALID`,
 * `AGENT_REFUSED`, `WAIT_TIMEOUT` or `ABORTED`; those with a token with `AGENT_UNAUTHORIZED`.
 */
export class AgentClient {
  readonly #endpoint: AgentEndpoint;
  readonly #onCommand: OnCommand;

  constructor(endpoint: AgentEndpoint, onCommand: OnCommand = () => {}) {
    this.#endpoint = endpoint;
    this.#onCommand = onCommand;
  }

  /** Where the agent listens. */
  get url(): string {
    return this.#endpoint.url;
  }

  /** The same agent, called with another token: for tests of what it refuses. */
  withToken(token: string): AgentClient {
    return new AgentClient({ ...this.#endpoint, token }, this.#onCommand);
  }

  /** Version and start of the agent; needs no token. */
  async status(options: WaitOptions): Promise<AgentStatus> {
    const answer = await agentRequest(this.#endpoint, { method: "GET", path: "/v1/status" }, options);
    return parseAnswer(agentStatus, answer, this.#endpoint, "its status");
  }

  /** The commands that the agent took since it started, oldest first. */
  async commands(options: WaitOptions): Promise<readonly CommandResult[]> {
    const query = this.#query();
    const answer = await agentRequest(this.#endpoint, { method: "GET", path: "/v1/commands/", query }, options);
    return parseAnswer(commandList, answer, this.#endpoint, "its commands").commands;
  }

  /** One command's state. With `wait` the agent answers when the command is done. */
  async command(id: string, options: WaitOptions & { readonly wait?: boolean }): Promise<CommandResult> {
    const query = this.#query(options.wait);
    const path = `/v1/commands/${encodeURIComponent(id)}`;
    const answer = await agentRequest(this.#endpoint, { method: "GET", path, query }, options);
    return parseAnswer(commandResult, answer, this.#endpoint, `the state of command ${id}`);
  }

  /**
   * Sends a command and returns its state as the agent first tells it: RUNNING for one that goes on, unless `wait` asks
   * the agent to answer when it is done. A command that fails is no error here.
   * Errors: `AGENT_BUSY` besides those of all calls.
   */
  async start(
    name: string,
    parameters: object,
    options: WaitOptions & { readonly wait?: boolean },
  ): Promise<CommandResult> {
    const request = { method: "POST", path: "/v1/commands/", body: { name, params: parameters } } as const;
    const answer = await agentRequest(
      this.#endpoint,
      { ...request, query: this.#query(options.wait ?? false) },
      options,
    );
    const result = parseAnswer(commandResult, answer, this.#endpoint, name);
    this.#onCommand({ name, status: result.command_status });
    return result;
  }

  /**
   * Runs a command to its end and returns its result. `timeoutMs` is for all of it; the agent goes on after a time-out,
   * the protocol has no way to break off a command.
   * Errors: `COMMAND_FAILED`, `AGENT_BUSY` besides those of all calls.
   */
  async execute<Name extends keyof AgentCommands>(
    name: Name,
    parameters: AgentCommands[Name]["parameters"],
    options: ExecuteOptions,
  ): Promise<AgentCommands[Name]["result"]> {
    const result = await this.executeAny(name, parameters, options);
    return parseValue(resultSchemas[name], result.command_result, this.#endpoint, name);
  }

  /** `execute` for any command: its last state, the result in `command_result`. */
  async executeAny(name: string, parameters: object, options: ExecuteOptions): Promise<CommandResult> {
    const end = Date.now() + options.timeoutMs;
    const left = () => ({ ...options, timeoutMs: Math.max(1, end - Date.now()) });
    const first = await this.start(name, parameters, left());
    let state = first;
    while (state.command_status === "RUNNING") {
      if (Date.now() >= end) throw stillRunning(name, options.timeoutMs);
      await pause(Math.min(options.pollMs ?? 500, left().timeoutMs), options.signal);
      state = await this.command(first.id, left());
    }
    if (state !== first) this.#onCommand({ name, status: state.command_status });
    if (state.command_status !== "SUCCEEDED") throw commandFailed(name, state, this.#endpoint.token);
    return state;
  }

  #query(wait?: boolean): Record<string, string> {
    const { token } = this.#endpoint;
    return {
      ...(wait === undefined ? {} : { wait: String(wait) }),
      ...(token === undefined ? {} : { agent_token: token }),
    };
  }
}

function stillRunning(name: string, timeoutMs: number): ConductorError {
  return new ConductorError("WAIT_TIMEOUT", `The agent did not finish ${name} within ${timeoutMs / 1000} s.`, {
    hint: "It goes on: look at commands() later, or wait longer.",
    details: { command: name, timeoutMs },
  });
}
