import type { Environment } from "../base/environment.js";
import type { KconfigHost } from "../base/host.js";

/** What reading a tree asked of the outside, and the answers: with the same answers it comes out the same. */
export interface TreeInputs {
  /** By path as the host was asked; `undefined` for a file that was not there. */
  readonly files: ReadonlyMap<string, string | undefined>;
  /** Commands and what they gave, in their order. */
  readonly commands: readonly (readonly [command: string, stdout: string])[];
  readonly variables: ReadonlyMap<string, string | undefined>;
}

/** A host and an environment that note down what they are asked until `stop` is called. */
export interface InputRecorder {
  readonly host: KconfigHost;
  readonly env: Environment;
  stop(): TreeInputs;
}

export function recordInputs(host: KconfigHost, env: Environment): InputRecorder {
  let recording = true;
  const files = new Map<string, string | undefined>();
  const commands: [string, string][] = [];
  const variables = new Map<string, string | undefined>();
  const recordingHost: KconfigHost = {
    readFile(path) {
      const text = host.readFile(path);
      if (recording) files.set(path, text);
      return text;
    },
  };
  if (host.shell !== undefined) {
    recordingHost.shell = (command) => {
      const answer = host.shell!(command);
      if (recording) commands.push([command, answer.stdout]);
      return answer;
    };
  }
  const recordingEnv = new Proxy(env, {
    get(target, name) {
      const value = target[String(name)];
      if (recording) variables.set(String(name), value);
      return value;
    },
  });
  const stop = (): TreeInputs => {
    recording = false;
    return { files, commands, variables };
  };
  return { host: recordingHost, env: recordingEnv, stop };
}

/** True where host and environment give the answers of `inputs` still. */
export function sameInputs(inputs: TreeInputs, host: KconfigHost, env: Environment): boolean {
  for (const [name, value] of inputs.variables) if (env[name] !== value) return false;
  for (const [path, text] of inputs.files) if (host.readFile(path) !== text) return false;
  return inputs.commands.every(([command, stdout]) => host.shell?.(command).stdout === stdout);
}
