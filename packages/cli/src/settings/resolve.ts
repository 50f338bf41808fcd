import { join, resolve } from "node:path";
import { ipaPreset } from "@ipa-br/preset-ipa";
import { CliError } from "../errors.js";
import type { Io } from "../io.js";
import { cacheFolder } from "./cache-folder.js";
import { findClone } from "./clone.js";
import { loadConfig } from "./file.js";
import { parseSettings, splitExternals, type SettingRecord } from "./parse.js";

/** The options that every command over a tree takes. */
export interface LocationOptions {
  readonly buildroot?: string;
  readonly external?: readonly string[];
  readonly output?: string;
  readonly dlDir?: string;
  readonly ccacheDir?: string;
  readonly fragment?: readonly string[];
  readonly set?: readonly string[];
  readonly allowMismatch?: readonly string[];
  readonly config?: string;
}

/** Where a setting came from, in the order of precedence. */
export type Origin = "option" | "environment" | "config file" | "default";

/** Everything that a command needs to know, all paths absolute. */
export interface Settings {
  /** undefined: locate the clone's submodule or the pinned release. */
  readonly buildroot: string | undefined;
  readonly externals: readonly string[];
  readonly output: string;
  readonly dlDir: string;
  readonly ccacheDir: string;
  readonly defconfig: string;
  readonly fragments: readonly string[];
  readonly set: SettingRecord;
  /** Symbols that need not hold as they were asked for. */
  readonly allowMismatch: readonly string[];
  /** The clone of this project that the command works in. */
  readonly clone: string | undefined;
  /** This command's own cache: releases, verdicts. */
  readonly cacheDir: string;
  readonly configFile: string | undefined;
  readonly origins: Readonly<Record<string, Origin>>;
}

/**
 * Puts the settings together: option, environment, config file, default, in that order.
 * @throws CliError CONFIG_INVALID, SETTING_INVALID
 */
export async function resolveSettings(io: Io, options: LocationOptions): Promise<Settings> {
  const { env, cwd } = io;
  const loaded = await loadConfig(cwd, options.config);
  const config = loaded?.config ?? {};
  const clone = findClone(cwd, env["IPA_BR_CLONE"]);
  const cacheDir = cacheFolder(env);
  const origins: Record<string, Origin> = {};

  function choose<T>(
    name: string,
    option: T | undefined,
    environment: T | undefined,
    file: T | undefined,
    fallback: T,
  ): T {
    for (const [origin, value] of [
      ["option", option],
      ["environment", environment],
      ["config file", file],
    ] as const) {
      if (value !== undefined) {
        origins[name] = origin;
        return value;
      }
    }
    origins[name] = "default";
    return fallback;
  }
  const from = (path: string | undefined) => (path === undefined || path === "" ? undefined : resolve(cwd, path));
  const all = (paths: readonly string[] | undefined) => paths?.map((path) => resolve(cwd, path));
  const listed = (text: string | undefined, split: (text: string) => readonly string[]) =>
    text === undefined || text.trim() === "" ? undefined : split(text);

  const treeOfClone = clone === undefined ? undefined : join(clone, "buildroot-ipa");
  const set = {
    ...config.set,
    ...parseSettings(listed(env["IPA_BR_SET"], (text) => text.split("\n").filter((line) => line.trim() !== "")) ?? []),
    ...parseSettings(options.set ?? []),
  };
  return {
    buildroot: choose<string | undefined>(
      "buildroot",
      from(options.buildroot),
      from(env["BR2_UPSTREAM"]),
      config.buildroot,
      undefined,
    ),
    externals: choose(
      "external",
      all(options.external),
      all(listed(env["BR2_EXTERNAL"], splitExternals)),
      config.external === undefined ? undefined : [config.external].flat(),
      [treeOfClone ?? ipaPreset.externalTree],
    ),
    output: choose(
      "output",
      from(options.output),
      from(env["BR2_OUTPUT_DIR"]),
      config.output,
      join(clone ?? cwd, "output"),
    ),
    dlDir: choose("dlDir", from(options.dlDir), from(env["BR2_DL_DIR"]), config.dlDir, join(cacheDir, "dl")),
    ccacheDir: choose(
      "ccacheDir",
      from(options.ccacheDir),
      from(env["BR2_CCACHE_DIR"]),
      config.ccacheDir,
      join(cacheDir, "ccache"),
    ),
    defconfig: choose<string>("defconfig", undefined, undefined, config.defconfig, ipaPreset.defaultDefconfig),
    fragments: choose(
      "fragment",
      all(options.fragment),
      all(listed(env["IPA_BR_FRAGMENT"], (text) => text.split(":").filter((path) => path !== ""))),
      config.fragment === undefined ? undefined : [config.fragment].flat(),
      [],
    ),
    set,
    allowMismatch: choose(
      "allowMismatch",
      options.allowMismatch,
      listed(env["IPA_BR_ALLOW_MISMATCH"], (text) => text.split(/[\s:,]+/).filter((name) => name !== "")),
      config.allowMismatch === undefined ? undefined : [config.allowMismatch].flat(),
      [],
    ),
    clone,
    cacheDir,
    configFile: loaded?.file,
    origins,
  };
}

/** A folder of its own below the output folder, for a build beside others. */
export function uniqueOutput(output: string, now: number, random: () => number = Math.random): string {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  const suffix = Array.from({ length: 6 }, () => letters[Math.floor(random() * letters.length)]).join("");
  if (output === "") throw new CliError("SETTING_INVALID", "the output folder has no name");
  return join(output, `${Math.floor(now / 1000)}-${suffix}`);
}
