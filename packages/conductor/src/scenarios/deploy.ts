import { createHash } from "node:crypto";
import { came, check } from "./check.js";
import { contact } from "./contact.js";
import { qcow2Image } from "./qcow2.js";
import { rawImage } from "./raw-image.js";
import type { ImageInfo } from "../agent/commands.js";
import type { MachineUnderTest } from "./machine.js";
import type { Scenario, ScenarioContext } from "./scenario.js";

const imageBytes = 4 * 1024 * 1024;

export const deploy: Scenario = {
  name: "deploy",
  description: "The agent fetches a raw and a qcow2 image and writes them to the disk, byte by byte.",
  start: "running",
  obstacle: unfit,
  async run(context) {
    await contact(context);
    const first = rawImage(imageBytes, 1);
    await write(context, { name: "image.raw", format: "raw", file: first, content: first });
    const second = rawImage(imageBytes, 2);
    await write(context, { name: "image.qcow2", format: "qcow2", file: qcow2Image(second), content: second });
  },
};

function unfit(machine: MachineUnderTest): string | undefined {
  if (!machine.disposable) return "the machine is not disposable: its disks must not be written";
  return machine.readDisk === undefined ? "the machine's disk cannot be read from outside" : undefined;
}

interface Image {
  readonly name: string;
  readonly format: "raw" | "qcow2";
  /** What the agent fetches. */
  readonly file: Buffer;
  /** What is to be on the disk. */
  readonly content: Buffer;
}

async function write(context: ScenarioContext, image: Image): Promise<void> {
  const info: ImageInfo = {
    id: image.name,
    urls: [`${context.apiUrl}${context.conductor.serve(image.name, image.file)}`],
    disk_format: image.format,
    os_hash_algo: "sha256",
    os_hash_value: createHash("sha256").update(image.file).digest("hex"),
    node_uuid: context.node,
    stream_raw_images: image.format === "raw",
    image_type: "whole-disk",
  };
  await context.step(`${image.name} written`, async () => {
    const state = await context
      .agent()
      .executeAny("standby.prepare_image", { image_info: info, configdrive: null }, context.patience);
    return came(state.command_status, undefined);
  });
  await context.step(`the bytes of ${image.name} on the disk`, async () => {
    await context.agent().executeAny("standby.sync", {}, context.patience);
    const found = Buffer.from((await context.machine.readDisk?.(image.content.length)) ?? []);
    const place = firstDifference(found, image.content);
    check(place === undefined, `The disk differs from the image from byte ${place} on.`);
    return came(`${found.length} bytes, all as they should be`, undefined);
  });
}

function firstDifference(found: Buffer, wanted: Buffer): number | undefined {
  if (found.equals(wanted)) return undefined;
  const place = wanted.findIndex((byte, index) => found[index] !== byte);
  return place === -1 ? wanted.length : place;
}
