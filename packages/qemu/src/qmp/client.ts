import type { Duplex } from "node:stream";
import { QemuError } from "../errors.js";
import type { QmpClient, QmpEvent } from "../types/qmp.js";
import { decodeMessage, encodeCommand, lineSplitter, type QmpMessage } from "./codec.js";

interface Pending {
  readonly name: string;
  resolve(value: unknown): void;
  reject(error: QemuError): void;
}

/**
 * Speaks QMP over a stream: waits for the greeting, enables the commands, resolves when QEMU takes them.
 * Errors: `QMP_FAILED` if the stream ends before.
 */
export async function connectQmp(stream: Duplex): Promise<QmpClient> {
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: QmpEvent) => void>();
  let nextId = 1;
  let closed = false;
  let greeted: () => void = () => {};
  let refused: (error: QemuError) => void = () => {};
  const greeting = new Promise<void>((resolve, reject) => {
    greeted = resolve;
    refused = reject;
  });

  const onMessage = (message: QmpMessage): void => {
    if (message.kind === "greeting") greeted();
    if (message.kind === "event") for (const listener of listeners) listener(message.event);
    if (message.kind !== "return" && message.kind !== "error") return;
    const command = pending.get(message.id ?? -1);
    pending.delete(message.id ?? -1);
    if (message.kind === "return") command?.resolve(message.value);
    else command?.reject(refusedCommand(command.name, message.class, message.description));
  };
  const onClose = (): void => {
    closed = true;
    for (const command of pending.values()) command.reject(channelClosed(command.name));
    pending.clear();
    refused(channelClosed("qmp_capabilities"));
  };
  const split = lineSplitter((line) => onMessage(decodeMessage(line)));
  stream.setEncoding("utf8").on("data", split).once("end", onClose).once("close", onClose).once("error", onClose);

  const executeRaw = (name: string, args?: Readonly<Record<string, unknown>>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(channelClosed(name));
      const id = nextId++;
      pending.set(id, { name, resolve, reject });
      stream.write(encodeCommand(id, name, args));
    });

  const onEvent = (listener: (event: QmpEvent) => void) => {
    listeners.add(listener);
    return (): void => void listeners.delete(listener);
  };

  await greeting;
  await executeRaw("qmp_capabilities");
  return {
    executeRaw,
    execute: ((name: string, args?: Readonly<Record<string, unknown>>) =>
      executeRaw(name, args)) as QmpClient["execute"],
    on: ((name: string, listener: (event: QmpEvent) => void) =>
      onEvent((event) => void (event.event === name && listener(event)))) as QmpClient["on"],
    onEvent,
  };
}

function refusedCommand(name: string, errorClass: string, description: string): QemuError {
  return new QemuError("QMP_FAILED", `QEMU refused the command ${name}: ${description}`, {
    hint: "The QEMU QMP Reference Manual tells what the command takes and when.",
    details: { command: name, class: errorClass },
  });
}

function channelClosed(name: string): QemuError {
  return new QemuError("QMP_FAILED", `QEMU's control channel closed before ${name} was answered.`, {
    hint: "The machine has ended or is ending: see its exit.",
    details: { command: name },
  });
}
