import { expect, it } from "vitest";
import { createProgram, groups } from "../src/program.js";
import { startProgram } from "../src/start-program.js";
import { testIo } from "./support/io.js";

const io = () => testIo({ cwd: "/", env: {} });

it.each(groups)("the group of $names.0 holds the commands that it names", async ({ names, load }) => {
  const program = startProgram(io(), "1");
  (await load())(program, io());
  expect(program.commands.map((command) => command.name()).toSorted()).toEqual([...names].toSorted());
});

it("knows every command where none is typed, and those of its group where one is", async () => {
  const all = groups.flatMap(({ names }) => names);
  const known = async (first: string | undefined) =>
    (await createProgram(io(), "1", first)).commands.map((command) => command.name());
  expect(await known(undefined)).toHaveLength(all.length);
  expect(await known("biuld")).toHaveLength(all.length);
  expect(await known("kconfig")).toEqual(["kconfig"]);
});
