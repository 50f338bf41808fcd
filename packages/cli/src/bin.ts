#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { exitCodes } from "./exit-codes.js";
import { main } from "./main.js";

const controller = new AbortController();
process.on("SIGINT", () => controller.abort());
process.on("SIGTERM", () => controller.abort());
process.on("SIGHUP", () => controller.abort());
// a reader that went away (`| head`) ends the work in order, and is no reason for a stack trace
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    controller.abort();
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
process.exitCode = await main(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: workingDirectory(),
    signal: controller.signal,
  },
  version,
);
// an attached terminal keeps the event loop alive
process.stdin.unref?.();
