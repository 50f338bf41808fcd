import type { QmpEvent } from "../types/qmp.js";

/** One line of the protocol, understood. */
export type QmpMessage =
  | { readonly kind: "greeting" }
  | { readonly kind: "return"; readonly id: number | undefined; readonly value: unknown }
  | { readonly kind: "error"; readonly id: number | undefined; readonly class: string; readonly description: string }
  | { readonly kind: "event"; readonly event: QmpEvent }
  | { readonly kind: "unknown"; readonly line: string };

/** One command as a line. */
export function encodeCommand(id: number, execute: string, args: unknown): string {
  return `${JSON.stringify(args === undefined ? { execute, id } : { execute, arguments: args, id })}\n`;
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** One line that QEMU wrote (QMP specification, "General Protocol Message Format"); never throws. */
export function decodeMessage(line: string): QmpMessage {
  let value: Fields | undefined;
  try {
    value = fields(JSON.parse(line));
  } catch {
    return { kind: "unknown", line };
  }
  if (value === undefined) return { kind: "unknown", line };
  const id = typeof value["id"] === "number" ? value["id"] : undefined;
  if ("QMP" in value) return { kind: "greeting" };
  if ("return" in value) return { kind: "return", id, value: value["return"] };
  const error = fields(value["error"]);
  if (error !== undefined) {
    return { kind: "error", id, class: String(error["class"]), description: String(error["desc"]) };
  }
  if (typeof value["event"] === "string") {
    const time = fields(value["timestamp"]);
    const atMs = Number(time?.["seconds"] ?? 0) * 1000 + Number(time?.["microseconds"] ?? 0) / 1000;
    return { kind: "event", event: { event: value["event"], data: fields(value["data"]) ?? {}, atMs } };
  }
  return { kind: "unknown", line };
}

/** Cuts a stream of text into lines; the part behind the last line end waits for the rest. */
export function lineSplitter(onLine: (line: string) => void): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") onLine(line);
  };
}
