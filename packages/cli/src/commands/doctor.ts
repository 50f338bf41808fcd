import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import {
  type Buildroot,
  BuildrootError,
  type Diagnosis,
  locateBuildroot,
  type PackageManager,
} from "@ipa-br/buildroot";
import { CliError } from "../errors.js";
import { type Io, note, print } from "../io.js";
import { type LocationOptions, resolveSettings, type Settings } from "../settings/resolve.js";
import { openTree } from "../tree.js";
import { diagnosisText } from "../ui/render-problems.js";
import { lookAtHost, requireFitBriefly } from "./host.js";

/** What `doctor` takes beside the locations. */
type DoctorOptions = LocationOptions & {
  readonly fix?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
};

/** `ipa-br doctor`: exit code 3 where a build cannot work. Fetches nothing, and works where the tree cannot even be opened. */
export async function doctor(io: Io, options: DoctorOptions): Promise<void> {
  const settings = await resolveSettings(io, options);
  const look = async (): Promise<Diagnosis> => lookAtHost(io, settings, await whatIsThere(io, settings));
  const found = await look();
  if (options.fix !== true || found.fix === undefined) return tell(io, found, options);
  note(io, diagnosisText(found));
  const agreed = options.yes === true || (await ask(io, found.fix));
  if (!agreed) return requireFitBriefly(found);
  await install(io, found.fix, found.manager);
  tell(io, await look(), options);
}

function tell(io: Io, found: Diagnosis, { json }: DoctorOptions): void {
  print(io, json === true ? JSON.stringify(found, null, 2) : diagnosisText(found));
  requireFitBriefly(found);
}

/** The tree if it can be opened, else its folder if there is one: what is missing may be make itself. */
async function whatIsThere(
  io: Io,
  settings: Settings,
): Promise<{ readonly tree?: Buildroot; readonly buildroot?: string }> {
  let buildroot: string;
  try {
    const { path } = await locateBuildroot({
      ...(settings.buildroot === undefined ? {} : { explicit: settings.buildroot }),
      ...(settings.clone === undefined ? {} : { clone: settings.clone }),
      env: io.env,
    });
    buildroot = path;
  } catch (error) {
    // A tree that was named has to be one; without a name there need be none.
    if (BuildrootError.is(error) && error.code === "BUILDROOT_NOT_FOUND") return {};
    throw error;
  }
  try {
    return { tree: await openTree(io, { ...settings, buildroot }) };
  } catch (error) {
    if (BuildrootError.is(error) && error.code !== "ABORTED") return { buildroot };
    throw error;
  }
}

/** Refreshes the package manager's lists, which a fresh container does not have. The others do it themselves. */
const refresh: Partial<Readonly<Record<PackageManager, readonly string[]>>> = {
  apt: ["apt-get", "update"],
  apk: ["apk", "update"],
};

async function install(io: Io, command: readonly string[], manager: PackageManager | undefined): Promise<void> {
  note(io, `Running ${command.join(" ")}`);
  let exitCode = await runVisibly(io, command);
  const lists = manager === undefined ? undefined : refresh[manager];
  if (exitCode !== 0 && lists !== undefined) {
    const privileged = command[0] === "sudo" ? ["sudo", ...lists] : lists;
    note(io, `The package lists may be old: ${privileged.join(" ")}`);
    if ((await runVisibly(io, privileged)) === 0) exitCode = await runVisibly(io, command);
  }
  if (exitCode === 0) return;
  throw new CliError("FIX_FAILED", `${command.join(" ")} failed${exitCode === undefined ? "" : ` with ${exitCode}`}`, {
    hint: "Look at what it said above; then ipa-br doctor tells what is still missing.",
    details: { command, exitCode },
  });
}

async function ask(io: Io, command: readonly string[]): Promise<boolean> {
  if (io.stdin.isTTY !== true || io.stderr.isTTY !== true) {
    throw new CliError("TERMINAL_NEEDED", "doctor --fix asks before it installs, and there is no terminal to ask on", {
      hint: `ipa-br doctor --fix --yes, or type it yourself: ${command.join(" ")}`,
    });
  }
  // Without its own line editing, so that Ctrl+C is the signal that it is elsewhere.
  const lines = createInterface({ input: io.stdin, output: io.stderr, terminal: false });
  const end = (): void => lines.close();
  io.signal.addEventListener("abort", end, { once: true });
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.once("close", () => resolve(""));
      lines.question(`Run ${command.join(" ")}? [y/N] `, resolve);
    });
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    io.signal.removeEventListener("abort", end);
    lines.close();
  }
}

/** Runs a program with this terminal; what it says goes beside the results. undefined if it cannot be started or was killed. */
function runVisibly(io: Io, [file, ...args]: readonly string[]): Promise<number | undefined> {
  const quiet = io.stdin.isTTY === true ? {} : { DEBIAN_FRONTEND: "noninteractive" };
  return new Promise((resolve) => {
    // The child hears Ctrl+C itself, and a package manager must not be torn away from its work.
    const child = spawn(file!, args, { stdio: ["inherit", 2, 2], env: { ...io.env, ...quiet } });
    child.on("error", (error) => {
      note(io, error.message);
      resolve(undefined);
    });
    child.on("close", (code) => resolve(code ?? undefined));
  });
}
