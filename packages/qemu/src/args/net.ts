import type { HostForward, Machine, MachineType, Nic } from "../types.js";
import { type Device, deviceArguments } from "./device.js";
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
  return (machine.nics ?? []).flatMap((nic, index) => {
    const id = ids[index] ?? "";
    const backend = optionList("user", { id, restrict: nic.isolated === true ? true : undefined });
    const forwards = (nic.forwards ?? []).map((forward) => `,hostfwd=${optionValue(forwardRule(forward))}`);
    // A card whose machine loads its kernel directly boots nothing from the network: without its boot ROM the start
    // is quicker and needs no ROM package (Debian's ipxe-qemu).
    const device = nicDevice(nic, id, type, { bootRom: machine.kernel === undefined });
    return ["-netdev", backend + forwards.join(""), ...deviceArguments(device)];
  });
}

/** What the guest sees of the network card. `port` is its place on the PCI bus, where it has one. */
export function nicDevice(
  nic: Nic,
  id: string,
  type: MachineType,
  { bootRom, port }: { readonly bootRom: boolean; readonly port?: string },
): Device {
  const driver = nic.model ?? defaultModel[type];
  // Cards on virtio's MMIO bus have no boot ROM.
  const romfile = bootRom || driver.endsWith("-device") ? undefined : "";
  return { driver, properties: { id, netdev: id, bus: port, mac: nic.mac, bootindex: nic.bootIndex, romfile } };
}

/** `tcp:127.0.0.1:2222-:22` (qemu(1), "-netdev user,hostfwd="). */
export function forwardRule({ protocol = "tcp", hostAddress = "127.0.0.1", hostPort, guestPort }: HostForward): string {
  return `${protocol}:${hostAddress}:${hostPort}-:${guestPort}`;
}
