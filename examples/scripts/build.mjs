// A build from Node.   node build.mjs BUILDROOT DEFCONFIG OUTPUT [EXTERNAL...]
import { resolve } from "node:path";
import { isBuildFailed, openBuildroot } from "@ipa-br/buildroot";

const [buildroot, defconfig, output, ...externals] = process.argv.slice(2);
if (!buildroot || !defconfig || !output) {
  console.error("usage: node build.mjs BUILDROOT DEFCONFIG OUTPUT [EXTERNAL...]");
  process.exit(2);
}

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());

try {
  const tree = await openBuildroot({
    buildroot: resolve(buildroot),
    output: resolve(output),
    externals: externals.map((external) => resolve(external)),
    env: process.env,
  });
  // A setting that Buildroot would drop ends this with SETTINGS_LOST, which says why.
  await tree.configure({ defconfig, signal: stop.signal });

  const run = tree.build({ signal: stop.signal });
  for await (const event of run) {
    if (event.type === "step") console.log(`${event.package ?? "image"}: ${event.step}`);
  }
  const { images, seconds } = await run.result;
  console.log(`built in ${seconds.toFixed(1)} s`);
  for (const { name, size } of images) console.log(`${name} ${size} bytes`);
} catch (error) {
  if (!isBuildFailed(error)) throw error;
  const { package: name, step, cause, logPath } = error.details;
  console.error(`${name ?? "the build"} failed in step ${step ?? "(none)"}:\n${cause.join("\n")}\nlog: ${logPath}`);
  process.exitCode = 1;
}
