import type { HostForward, Machine, MachineType, Nic } from "../types.js";
import { nicIds } from "./ids.js";
import { optionList, optionValue } from "./option-value.js";

const defaultModel: Readonly<Record<MachineType, string>> = {
  pc: "e1000",
  q35: "e1000",
  microvm: "virtio-net-device",
  virt: "virtio-net-pci",
};

/** `-netdev` and `-device` for each network card. */
export function netArguments(machine: Machine, type: MachineType): string[] {
  const ids = nicIds(machine);
  return (machine.nics ?? []).flatMap((nic, index) => nicArguments(nic, ids[index] ?? "", machine, type));
}

function nicArguments(nic: Nic, id: string, machine: Machine, type: MachineType): string[] {
  const backend = optionList("user", { id, restrict: nic.isolated === true ? true : undefined });
  const forwards = (nic.forwards ?? []).map((forward) => `,hostfwd=${optionValue(forwardRule(forward))}`);
  const model = nic.model ?? defaultModel[type];
  const device = optionList(model, {
    netdev: id,
    mac: nic.mac,
    // A card whose machine loads its kernel directly boots nothing from the network: without its boot ROM the start
    // is quicker and needs no ROM package (Debian's ipxe-qemu). Cards on virtio's MMIO bus have none.
    romfile: machine.kernel === undefined || model.endsWith("-device") ? undefined : "",
  });
  return ["-netdev", backend + forwards.join(""), "-device", device];
}

/** `tcp:127.0.0.1:2222-:22` (qemu(1), "-netdev user,hostfwd="). */
export function forwardRule({ protocol = "tcp", hostAddress = "127.0.0.1", hostPort, guestPort }: HostForward): string {
  return `${protocol}:${hostAddress}:${hostPort}-:${guestPort}`;
}
