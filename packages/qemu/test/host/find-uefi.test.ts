import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findUefi } from "../../src/index.js";
import { env } from "../support/env.js";
import { temporaryFolder } from "../support/guest.js";

/** A description as distributions install it. */
async function describe(
  folder: string,
  name: string,
  change: { features?: string[]; machines?: string[]; device?: string } = {},
) {
  const [code, variables] = [`${name}-code.fd`, `${name}-vars.fd`].map((file) => join(folder, file));
  for (const file of [code, variables]) await writeFile(file ?? "", "");
  const description = {
    "interface-types": ["uefi"],
    mapping: {
      device: change.device ?? "flash",
      executable: { filename: code, format: "raw" },
      "nvram-template": { filename: variables, format: "raw" },
    },
    targets: [{ architecture: "x86_64", machines: change.machines ?? ["pc-i440fx-*", "pc-q35-*"] }],
    features: change.features ?? ["acpi-s3"],
  };
  await writeFile(join(folder, `${name}.json`), JSON.stringify(description));
  return { uefiCode: code, uefiVariables: variables };
}

it("takes the first by name that is a plain UEFI in flash for such a machine", async () => {
  const folder = await temporaryFolder();
  await describe(folder, "10-secure", { features: ["secure-boot", "requires-smm"] });
  await describe(folder, "20-memory", { device: "memory" });
  await writeFile(join(folder, "25-broken.json"), "{");
  await describe(folder, "30-q35", { machines: ["pc-q35-*"] });
  const plain = await describe(folder, "40-plain");
  const folders = [join(folder, "absent"), folder];
  expect(await findUefi({ arch: "x86_64" }, { env, folders })).toEqual(plain);
  expect((await findUefi({ arch: "x86_64", type: "q35" }, { env, folders })).uefiCode).toContain("30-q35");
});

it("lets a folder hide what a later one has", async () => {
  const folder = await temporaryFolder();
  const [own, system] = [join(folder, "qemu/firmware"), join(folder, "system")];
  for (const one of [own, system]) await mkdir(one, { recursive: true });
  await describe(system, "10-first");
  const second = await describe(system, "20-second");
  await writeFile(join(own, "10-first.json"), "");
  expect(await findUefi({ arch: "x86_64" }, { env, folders: [own, system] })).toEqual(second);
});

it("names the package where there is none", async () => {
  const osRelease = "ID=debian\n";
  for (const [arch, name] of [
    ["x86_64", "ovmf"],
    ["aarch64", "qemu-efi-aarch64"],
  ] as const) {
    await expect(findUefi({ arch }, { env, folders: [], osRelease })).rejects.toMatchObject({
      code: "UEFI_NOT_FOUND",
      hint: `Install it, as root: apt-get install ${name}`,
    });
  }
});
