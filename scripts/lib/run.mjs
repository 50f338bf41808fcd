// Child processes for the workspace's scripts: inherited terminal, exit code as the result.
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The workspace's root folder, without a trailing slash. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** The environment in which nx and the package scripts run: the workspace's own pnpm, no daemon, no full-screen display. */
export const workspaceEnvironment = {
  ...process.env,
  PATH: [join(root, "scripts/bin"), join(root, "node_modules/.bin"), process.env.PATH].join(delimiter),
  NX_DAEMON: "false",
  NX_TUI: "false",
};

/** Runs a command in the workspace's root and returns its exit code; 127 where it does not exist. */
export function run(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, env: workspaceEnvironment, stdio: "inherit", ...options });
    const forward = (signal) => child.kill(signal);
    process.on("SIGINT", forward).on("SIGTERM", forward);
    const release = () => process.off("SIGINT", forward).off("SIGTERM", forward);
    child.once("error", (error) => {
      release();
      if (error.code === "ENOENT") resolve(127);
      else reject(error);
    });
    child.once("close", (code, signal) => {
      release();
      resolve(code ?? 128 + (signal === "SIGINT" ? 2 : 15));
    });
  });
}

/** Ends the script where make could not work: the external tree and miniroot lie below this folder. */
export function refuseOddRoot() {
  const odd = /[^\w@.,/+-]/.exec(root)?.[0];
  if (odd === undefined) return;
  fail(
    `make cannot work in ${root}: its path holds ${JSON.stringify(odd)}`,
    "move the clone to a path of letters, digits and . _ + -",
  );
}

/** Says why, and ends the script. */
export function fail(message, hint) {
  process.stderr.write(`error: ${message}\n${hint ? `  try: ${hint}\n` : ""}`);
  process.exit(1);
}
