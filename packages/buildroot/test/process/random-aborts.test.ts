import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Buildroot, type BuildrootEvent } from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { processesWith } from "../support/processes.js";
import { smallBuildroot, writeTree } from "../support/small-tree.js";
import { temporaryFolder } from "../support/temporary.js";

const rounds = 100;
/** Another one for another hundred moments; a failure names it. */
const seed = 20_260_203;

/** Numbers from 0 to 1 that are the same each time (Mulberry32). */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A command that nobody else on the machine runs, to find it by. */
const mark = `sleep 351.${process.pid}`;

/** Packages side by side, each with what real ones have: a make of its own, pipes, sessions of their own, daemons, a few levels of shells. */
const rules = `all: one two three four
one:
	@for i in 1 2 3 4 5 6; do (setsid ${mark}1$$i &); sleep 0.01; (${mark}2$$i &); done; ${mark}3
two:
	@$(MAKE) -f $(dir $(lastword $(MAKEFILE_LIST)))/inner.mk
three:
	@sh -c 'sh -c "${mark}4 | cat & sh -c \\"setsid ${mark}5 & wait\\""; wait'
four:
	@(setsid sh -c '(setsid ${mark}6 &) ; (${mark}7 &)' >/dev/null 2>&1 </dev/null &) ; ${mark}8
`;
const inner = `all: a b c
a b c:
	@(setsid ${mark}9 &) ; ${mark}9
`;

describe("aborting a build", { timeout: 600_000 }, () => {
  it(`leaves no process behind in ${rounds} random moments`, async () => {
    const folder = await temporaryFolder();
    const random = randomOf(seed);
    let onEvent: (event: BuildrootEvent) => void = () => undefined;
    const buildroot: Buildroot = await smallBuildroot(folder, rules, { onEvent: (event) => onEvent(event) });
    await writeTree(buildroot.buildroot, { "inner.mk": inner });
    await writeTree(buildroot.output, { ".config": "BR2_PER_PACKAGE_DIRECTORIES=y\n" });
    let caught = 0;
    for (let round = 0; round < rounds; round++) {
      const abort = new AbortController();
      const wait = Math.floor(random() * 200);
      onEvent = (event) => {
        if (event.type === "command") setTimeout(() => abort.abort(), wait);
        if (event.type === "stopping") caught += event.pids.length > 2 ? 1 : 0;
      };
      const error = await rejection(
        buildroot.build({ jobs: 4, signal: abort.signal, progress: round % 10 === 0 }).result,
      );
      const where = `seed ${seed}, round ${round}, after ${wait} ms`;
      expect([where, error.code]).toEqual([where, "ABORTED"]);
      expect([where, processesWith(mark)]).toEqual([where, []]);
      expect([where, existsSync(join(buildroot.output, "ipa-br/lock"))]).toEqual([where, false]);
    }
    // The moments are worth something only if there was something to be ended.
    expect(caught).toBeGreaterThan(rounds / 2);
  });
});
