#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { exitCodes } from "./exit-codes.js";
import { main } from "./main.js";

const controller = new AbortController();
process.on("SIGINT", () => controller.abort());
process.on("SIGTERM", () => controller.abort());
process.on("SIGHUP", () => controller.abort());
// Output that nobody takes ends the work in order, and is no reason for a stack trace. A reader that went away (`| head`)
// has had enough; anything else, such as a full disk, is worth a word.
let outputMatters = true;
let outputFailed = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (!outputMatters) return;
    controller.abort();
    if (error.code === "EPIPE" || outputFailed) return;
    outputFailed = true;
    process.exitCode = exitCodes.host;
    if (stream === process.stderr) return;
    process.stderr.write(
      `error: the output cannot be written: ${error.message}\n  try: df -h, or send the output elsewhere\n`,
    );
  });
}

function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    process.stderr.write("error: the working directory is gone\n  try: cd to a folder that exists\n");
    return process.exit(exitCodes.host);
  }
}

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const exitCode = await main(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: workingDirectory(),
    signal: controller.signal,
    ignoreOutputErrors: () => (outputMatters = false),
  },
  version,
);
process.exitCode ??= exitCode;
for (const stream of [process.stdout, process.stderr]) await written(stream);
// Without it the heap is tidied up and taken apart once more, and an attached terminal keeps the event loop alive.
process.exit();

/** Resolves when all that was written has been taken, or never will be: whatever is wrong with it has been told by then. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}
