import { type Environment, variableOf } from "../base/environment.js";
import type { KconfigHost } from "../base/host.js";

type Commands = readonly (readonly [command: string, stdout: string, stderr: string])[];

/** What reading a tree asked of the outside, and the answers: with the same answers it comes out the same. */
export interface TreeInputs {
  /** By path as the host was asked; `undefined` for a file that was not there. */
  readonly files: ReadonlyMap<string, string | undefined>;
  /** Commands and what they gave, in their order. */
  readonly commands: Commands;
  readonly variables: ReadonlyMap<string, string | undefined>;
  /** By folder, the names in it. */
  readonly folders: ReadonlyMap<string, readonly string[] | undefined>;
}

/** The same without the texts, as JSON can hold it. */
export interface StoredInputs {
  readonly paths: readonly string[];
  /** What the host said of these paths. */
  readonly fingerprint: string;
  readonly commands: Commands;
  readonly variables: readonly (readonly [name: string, value: string | null])[];
  readonly folders: readonly (readonly [folder: string, names: readonly string[] | null])[];
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
  const commands: [string, string, string][] = [];
  const variables = new Map<string, string | undefined>();
  const recordingHost: KconfigHost = {
    readFile(path) {
      const text = host.readFile(path);
      if (recording) files.set(path, text);
      return text;
    },
  };
  const folders = new Map<string, readonly string[] | undefined>();
  if (host.list !== undefined) {
    recordingHost.list = (folder) => {
      const names = host.list!(folder);
      if (recording) folders.set(folder, names);
      return names;
    };
  }
  if (host.shell !== undefined) {
    recordingHost.shell = (command) => {
      const answer = host.shell!(command);
      if (recording) commands.push([command, answer.stdout, answer.stderr]);
      return answer;
    };
  }
  const recordingEnv = new Proxy(env, {
    get(target, name) {
      const value = variableOf(target, String(name));
      if (recording) variables.set(String(name), value);
      return value;
    },
  });
  const stop = (): TreeInputs => {
    recording = false;
    return { files, commands, variables, folders };
  };
  return { host: recordingHost, env: recordingEnv, stop };
}

/** True where host and environment give the same answers still. */
export function sameAnswers(inputs: TreeInputs | StoredInputs, host: KconfigHost, env: Environment): boolean {
  for (const [name, value] of inputs.variables) if (variableOf(env, name) !== (value ?? undefined)) return false;
  if ("files" in inputs) {
    for (const [path, text] of inputs.files) if (host.readFile(path) !== text) return false;
  } else if (host.fingerprint?.(inputs.paths) !== inputs.fingerprint) return false;
  for (const [folder, names] of inputs.folders) {
    if (host.list?.(folder)?.toSorted().join("/") !== names?.toSorted().join("/")) return false;
  }
  return inputs.commands.every(([command, stdout, stderr]) => {
    const answer = host.shell?.(command);
    return answer?.stdout === stdout && answer.stderr === stderr;
  });
}
