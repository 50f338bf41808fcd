import type { WaitOptions } from "../types.js";

/** What can be asked of qemu-ga with typed arguments and results (QEMU Guest Agent Protocol Reference); others go as `unknown`. */
export interface AgentCommands {
  "guest-ping": { arguments: undefined; result: object };
  "guest-info": { arguments: undefined; result: AgentInfo };
  "guest-exec": {
    arguments: {
      path: string;
      arg?: readonly string[];
      env?: readonly string[];
      "input-data"?: string;
      "capture-output"?: boolean;
    };
    result: { pid: number };
  };
  "guest-exec-status": {
    arguments: { pid: number };
    result: {
      exited: boolean;
      exitcode?: number;
      signal?: number;
      "out-data"?: string;
      "err-data"?: string;
      "out-truncated"?: boolean;
      "err-truncated"?: boolean;
    };
  };
  "guest-get-host-name": { arguments: undefined; result: { "host-name": string } };
  "guest-get-osinfo": {
    arguments: undefined;
    result: { "kernel-release"?: string; "kernel-version"?: string; machine?: string; id?: string; name?: string };
  };
  "guest-network-get-interfaces": {
    arguments: undefined;
    result: readonly {
      name: string;
      "hardware-address"?: string;
      "ip-addresses"?: readonly { "ip-address": string; "ip-address-type": "ipv4" | "ipv6"; prefix: number }[];
    }[];
  };
}

/** What an agent is and can do. */
export interface AgentInfo {
  readonly version: string;
  readonly supported_commands: readonly { readonly name: string; readonly enabled: boolean }[];
}

/** A program for the guest agent to run; no shell is between. */
export interface AgentProgram {
  /** The program's file in the guest, or a name for the agent's PATH. */
  readonly file: string;
  readonly args?: readonly string[];
  /** Its whole environment; the agent's own unless given. */
  readonly env?: Readonly<Record<string, string>>;
  /** Its standard input; empty unless given. */
  readonly input?: string | Uint8Array;
}

/** How a program ended that the agent ran. */
export interface AgentExecResult {
  /** Undefined if a signal ended it. */
  readonly exitCode: number | undefined;
  /** The number of the signal that ended it. */
  readonly signal: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** True if the agent kept only the first part of an output (16 MiB in qemu-ga). */
  readonly truncated: boolean;
}

/**
 * qemu-ga in the guest, over a port of its own: independent of console and login. Every call first makes sure that the
 * agent listens, so an answer that nobody waited for cannot be taken for another's.
 * Errors of all calls: `WAIT_TIMEOUT`, `MACHINE_EXITED`, `ABORTED`; `AGENT_FAILED` if the agent refuses, or the machine
 * was described without `guestAgent`.
 */
export interface GuestAgent {
  /** Resolves when the agent answers. */
  ping(options: WaitOptions): Promise<void>;
  info(options: WaitOptions): Promise<AgentInfo>;
  /** Runs a program and waits for its end; a program that is given up goes on in the guest. */
  exec(program: AgentProgram, options: WaitOptions): Promise<AgentExecResult>;
  execute<Name extends keyof AgentCommands>(
    name: Name,
    args: AgentCommands[Name]["arguments"],
    options: WaitOptions,
  ): Promise<AgentCommands[Name]["result"]>;
  /** The same for a command that is not typed here. */
  executeRaw(name: string, args: Readonly<Record<string, unknown>> | undefined, options: WaitOptions): Promise<unknown>;
}
