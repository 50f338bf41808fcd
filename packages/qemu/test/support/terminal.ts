/** A program that a test runs at a terminal: it attaches it to a machine, and fails meanwhile if its argument says so. */
import { launch } from "../../src/index.js";

const running = await launch({ arch: "x86_64", memory: 64 }, { env: process.env, accel: "tcg" });
const attached = running.console.attach({ input: process.stdin, output: process.stdout });
process.stdout.write(`raw: ${process.stdin.isRaw}\r\n`);
if (process.argv[2] === "throw") setTimeout(() => Promise.reject(new Error("broken on purpose")), 100);
if (process.argv[2] === "exit") setTimeout(() => process.exit(3), 100);
process.stdout.write(`ended: ${await attached}, raw: ${process.stdin.isRaw}\r\n`);
await running.stop();
