/**
 * A program that a test kills: it launches the machine of its first argument, prints QEMU's process id and does nothing
 * more. Bundled by the test, since Node 20 runs no TypeScript.
 */
import { launch, type Machine } from "../../src/index.js";

const machine = JSON.parse(process.argv[2] ?? "") as Machine;
process.stdout.write("starting\n");
const running = await launch(machine, { env: process.env, accel: "tcg" });
process.stdout.write(`${running.pid}\n`);
if (machine.screen === true) await running.screenshot();
