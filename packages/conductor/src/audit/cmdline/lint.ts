import { agentParameters, openEnded, shownValue, type Parameter, type ParameterKind } from "./parameters.js";
import { complaintAbout, isTrue } from "./value.js";
import { finding } from "../finding.js";
import { nearest } from "./nearest.js";
import { splitAsAgent, splitAsKernel, type Word } from "./split.js";
import { lackOf, namedCollectors } from "../collectors.js";
import type { AuditFinding, ContractCollector } from "../types.js";
import type { FileSetting } from "./settings.js";

/** What is known of the image that a command line is for. */
export interface CommandLineImage {
  readonly collectors: readonly string[];
  /** Settings of the agent's configuration files in it, the last one of an option wins. */
  readonly settings: readonly FileSetting[];
  /** Collectors whose program it lacks. */
  readonly lame?: ReadonlyMap<string, ContractCollector>;
  /** Of the names on the command line those that the image's agent has in it; undefined where there is no agent. */
  readonly known: ReadonlySet<string> | undefined;
  readonly agentVersion: string | undefined;
}

/** What a lint of a command line found. */
export interface CommandLineReport {
  /** The agent's parameters, in their order; values of secrets read `******`. */
  readonly parameters: readonly { readonly name: string; readonly value: string | undefined }[];
  /** In the order of the command line. */
  readonly findings: readonly AuditFinding[];
  /** True if there is no error. */
  readonly passed: boolean;
}

/** Bytes of a command line that Linux keeps (COMMAND_LINE_SIZE on x86 and arm64). */
const longest = 2048;

const names = agentParameters.map(({ name }) => name);
const byName = new Map(agentParameters.map((parameter) => [parameter.name, parameter]));

/** True for what is meant for the agent, rightly written or not. */
const meant = (name: string): boolean =>
  /^i?pa[-_.]/i.test(name) || (nearest(name, names).length > 0 && name.length > 6);

/**
 * What is wrong with a kernel command line, as far as the agent is concerned: names that it does not know, values that it
 * does not take, quotes that it does not understand, and, where the image is known, values that its configuration files
 * override and collectors that it lacks. Pure.
 */
export function lintCommandLine(text: string, image?: CommandLineImage): CommandLineReport {
  const words = splitAsAgent(text);
  const own = words.filter(({ name }) => meant(name));
  const findings = [...wholeLine(text), ...quoting(text), ...own.flatMap((word) => checkWord(word, own, image))];
  return {
    parameters: own.map(({ name, value }) => ({ name, value: value === undefined ? value : shownValue(name, value) })),
    findings,
    passed: findings.every(({ severity }) => severity !== "error"),
  };
}

const complain = (severity: "error" | "warning", name: string, problem: string, note?: string): AuditFinding =>
  finding("command line", severity, name, problem, { note });

function wholeLine(text: string): readonly AuditFinding[] {
  const findings: AuditFinding[] = [];
  const bytes = Buffer.byteLength(text.trim());
  if (bytes >= longest) {
    findings.push(complain("error", "the command line", `has ${bytes} bytes: Linux cuts it off at ${longest - 1}`));
  }
  if (/[^\x20-\x7E]/.test(text.trim())) {
    const problem = "has characters besides printable ASCII: boot loaders make something else of them";
    findings.push(complain("warning", "the command line", problem));
  }
  return findings;
}

/** The kernel's quotes are none for the agent. */
function quoting(text: string): readonly AuditFinding[] {
  const findings: AuditFinding[] = [];
  if ((text.match(/"/g) ?? []).length % 2 === 1) {
    findings.push(complain("error", "the command line", "has a double quote without its counterpart"));
  }
  for (const { name, value } of splitAsKernel(text)) {
    const bare = name.replace(/^"/, "");
    if (!meant(bare) || (bare === name && value?.includes('"') !== true)) continue;
    const spaces = /\s/.test(value ?? "");
    const problem = spaces
      ? "is quoted for its white space, but the agent splits there all the same"
      : "is quoted, and the agent takes the quotes for a part of it";
    findings.push(complain("error", bare, problem, spaces ? "white space cannot be written" : "leave the quotes out"));
  }
  findings.push(...bareKeys(text));
  return findings;
}

/** The kinds of SSH keys (sshd(8), "AUTHORIZED_KEYS FILE FORMAT"). */
const keyKind = /^(?:ssh-|ecdsa-|sk-)[\w@.-]+$/;

/** The image reads `sshkey` with the kernel's quotes: without them a key ends behind its kind. */
function bareKeys(text: string): readonly AuditFinding[] {
  const words = splitAsKernel(text);
  return words.flatMap(({ name, value = "" }, index) => {
    if (name !== "sshkey" || !keyKind.test(value) || words[index + 1]?.name.startsWith("AAAA") !== true) return [];
    const problem = `is not quoted, and ends behind ${value}: nobody can log in with it`;
    return [complain("error", name, problem, `sshkey="${value} AAAA..."`)];
  });
}

function checkWord(word: Word, own: readonly Word[], image: CommandLineImage | undefined): readonly AuditFinding[] {
  const { name, value } = word;
  if (name.startsWith('"') || value?.includes('"') === true) return [];
  const parameter = byName.get(name);
  const open = openEnded.some((prefix) => name.startsWith(prefix));
  if (parameter === undefined && !open && image?.known?.has(name) !== true) return [unknown(name)];
  const twice = own.filter((other) => other.name === name);
  if (twice.length > 1 && twice.at(-1) !== word) {
    return [complain("warning", name, "is given more than once: the last one counts")];
  }
  if (value === undefined)
    return [complain("error", name, "has no value, and the agent passes over it", `${name}=...`)];
  if (value === "") return [complain("warning", name, "has an empty value")];
  if (parameter === undefined) return [];
  const complaint = complaintAbout(parameter.kind, value);
  if (complaint !== undefined)
    return [complain("error", name, `has a value that ${complaint}: ${shownValue(name, value)}`)];
  return image === undefined ? [] : againstImage(parameter, value, image);
}

function unknown(name: string): AuditFinding {
  const near = nearest(name.toLowerCase().replaceAll(/[_.]/g, "-"), names);
  const note = near.length === 0 ? undefined : `did you mean ${near.join(", or ")}?`;
  return complain("error", name, "is no parameter of the agent", note);
}

/** Whether the agent makes the same of both. */
function sameValue(kind: ParameterKind, one: string, other: string): boolean {
  if (kind === "boolean") return isTrue(one) === isTrue(other);
  if (kind === "collectors") return namedCollectors(one).join() === namedCollectors(other).join();
  return one === other;
}

function againstImage(parameter: Parameter, value: string, image: CommandLineImage): readonly AuditFinding[] {
  const { name, option, kind } = parameter;
  const findings: AuditFinding[] = [];
  if (image.known !== undefined && !image.known.has(name)) {
    const agent = image.agentVersion === undefined ? "" : `, version ${image.agentVersion}`;
    findings.push(complain("warning", name, `is unknown to the image's agent${agent}`));
  }
  const setting = image.settings.findLast((one) => one.option === option);
  if (setting !== undefined && !sameValue(kind, setting.value, value)) {
    const problem = `is overridden by /${setting.file}: ${setting.option} = ${shownValue(name, setting.value)}`;
    findings.push(complain("warning", name, problem, "configuration files win over the command line"));
  }
  if (kind !== "collectors") return findings;
  for (const collector of namedCollectors(value)) {
    const lacks = image.lame?.get(collector);
    if (image.collectors.includes(collector)) {
      if (lacks === undefined) continue;
      const problem = `names the collector ${collector}, and ${lackOf(lacks)}`;
      findings.push(finding("command line", "error", name, problem, lacks));
      continue;
    }
    const near = nearest(collector, image.collectors);
    const note =
      near.length > 0 ? `did you mean ${near.join(", or ")}?` : `it has ${image.collectors.join(", ") || "none"}`;
    findings.push(complain("error", name, `names the collector ${collector}, which the image lacks`, note));
  }
  return findings;
}
