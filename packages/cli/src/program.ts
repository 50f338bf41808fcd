import type { Command } from "commander";
import type { Io } from "./io.js";
import { startProgram } from "./start-program.js";

/** Commands that are loaded together, with the libraries that they need. */
export interface CommandGroup {
  readonly names: readonly string[];
  readonly load: () => Promise<(program: Command, io: Io) => void>;
}

/** All commands. */
export const groups: readonly CommandGroup[] = [
  {
    names: [
      ...[
        "list",
        "configure",
        "build",
        "doctor",
        "run",
        "save",
        "clean",
        "sources",
        "report",
        "diff",
        "toolchain",
        "env",
      ],
      ...["make", "menuconfig", "linux-menuconfig", "busybox-menuconfig", "lock", "matrix"],
    ],
    load: async () => (await import("./commands/add.js")).addTreeCommands,
  },
  {
    names: ["verify", "exec", "audit", "cmdline"],
    load: async () => (await import("./commands/image/add.js")).addImageCommands,
  },
  { names: ["kconfig"], load: async () => (await import("./commands/kconfig/add.js")).addKconfigCommands },
  { names: ["inject"], load: async () => (await import("./commands/inject.js")).addInjectCommand },
  { names: ["python"], load: async () => (await import("./commands/python.js")).addPythonCommands },
  { names: ["release"], load: async () => (await import("./commands/release.js")).addReleaseCommand },
];

/**
 * The command line as commander's program; its actions throw coded errors. Only the commands that stand with the first word are
 * loaded, so that `kconfig conf`, which make starts over and over, starts soon; all of them where the word is no command.
 */
export async function createProgram(io: Io, version: string, first: string | undefined): Promise<Command> {
  const program = startProgram(io, version);
  const wanted = groups.filter(({ names }) => first !== undefined && names.includes(first));
  for (const { load } of wanted.length > 0 ? wanted : groups) (await load())(program, io);
  return program;
}
