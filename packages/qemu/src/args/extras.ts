import { join } from "node:path";
import type { Machine, MachineType, Tpm } from "../types.js";
import { optionList } from "./option-value.js";

/** The sockets of a machine in its folder. */
export interface MachineSockets {
  /** swtpm listens there. */
  readonly tpm: string;
  /** QEMU listens there for who talks to the guest agent. */
  readonly agent: string;
}

/** Names in a folder; relative to the current one with an empty name. */
export function machineSockets(folder: string): MachineSockets {
  return { tpm: join(folder, "tpm.sock"), agent: join(folder, "agent.sock") };
}

/** TPM, guest agent's port, graphics card and empty ports. */
export function extraArguments(machine: Machine, type: MachineType, sockets: MachineSockets): string[] {
  return [
    ...tpmArguments(machine.tpm, machine, sockets.tpm),
    ...(machine.guestAgent === true ? agentArguments(type, sockets.agent) : []),
    ...(machine.screen === true ? ["-device", type === "virt" ? "virtio-gpu-pci" : "VGA"] : []),
    ...hotplugPorts(machine).flatMap((id, index) => {
      return ["-device", optionList("pcie-root-port", { id, chassis: index + 1 })];
    }),
  ];
}

/** QEMU manual, "QEMU TPM Device", "The QEMU TPM emulator device". */
function tpmArguments(tpm: boolean | Tpm | undefined, machine: Machine, socket: string): string[] {
  if (tpm === undefined || tpm === false) return [];
  const kind = (tpm === true ? undefined : tpm.interface) ?? "tis";
  // Only PCs have the ISA bus that the plain tpm-tis hangs on.
  const driver = kind === "tis" && machine.arch === "aarch64" ? "tpm-tis-device" : `tpm-${kind}`;
  return [
    ...["-chardev", optionList("socket", { id: "ipa-br-tpm", path: socket })],
    ...["-tpmdev", "emulator,id=ipa-br-tpm,chardev=ipa-br-tpm"],
    ...["-device", `${driver},tpmdev=ipa-br-tpm`],
  ];
}

/** The name under which qemu-ga looks for its port: its manual, option `-p`. */
const agentPort = "org.qemu.guest_agent.0";

function agentArguments(type: MachineType, socket: string): string[] {
  const serial = type === "microvm" ? "virtio-serial-device" : "virtio-serial-pci";
  return [
    ...["-chardev", optionList("socket", { id: "ipa-br-agent", path: socket, server: true, wait: false })],
    ...["-device", `${serial},id=ipa-br-serial`],
    ...["-device", `virtserialport,bus=ipa-br-serial.0,chardev=ipa-br-agent,name=${agentPort}`],
  ];
}

/** The ids of the ports for devices that are added later. */
export function hotplugPorts(machine: Machine): readonly string[] {
  return Array.from({ length: machine.hotplugPorts ?? 0 }, (_, index) => `ipa-br-port${index}`);
}
