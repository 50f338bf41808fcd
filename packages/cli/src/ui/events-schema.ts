import { type CommandEvent, eventsVersion } from "./events.js";

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const texts: Schema = { type: "array", items: text };
const whole: Schema = { type: "integer", minimum: 0 };
const number: Schema = { type: "number", minimum: 0 };
const at: Schema = { ...whole, description: "milliseconds since the epoch" };
const seconds: Schema = { ...number, description: "seconds" };
const list = (items: Schema): Schema => ({ type: "array", items });

/** An object; a name with "?" may be missing. Others may come within a version, so that they are no error. */
function object(properties: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(properties);
  return {
    type: "object",
    required: names.filter((name) => !name.endsWith("?")),
    properties: Object.fromEntries(names.map((name) => [name.replace("?", ""), properties[name]!])),
  };
}

const step = { "package?": text, "version?": text, step: text };
const problem = object({
  id: text,
  severity: { enum: ["error", "warning", "note"] },
  message: text,
  why: text,
  "source?": text,
  "command?": text,
  packages: texts,
});
const mismatch = object({
  name: text,
  wanted: text,
  "got?": text,
  reason: { enum: ["unknown", "dropped", "changed", "legacy", "replaced"] },
  file: text,
  line: whole,
  why: texts,
  "suggestion?": list(object({ name: text, value: text })),
});

const level: Schema = { enum: ["nothing", "image", "packages", "clean"] };
const action: Schema = { enum: ["rebuild", "reconfigure", "dirclean"] };
const yes: Schema = { type: "boolean" };
const reason = object({
  change: text,
  level,
  "package?": text,
  "action?": action,
  "canWait?": yes,
  why: text,
  section: text,
});
const advice = {
  level,
  canWait: yes,
  packages: list(object({ package: text, action, "loses?": text })),
  reasons: list(reason),
  basis: { enum: ["record", "make", "unbuilt"] },
};

/** What each event has beside `schema` and `type`. */
const events = {
  command: { command: texts, pid: whole, at },
  step: { ...step, at },
  "package-step": { phase: { enum: ["start", "end"] }, package: text, step: text, at },
  progress: {
    at,
    packages: object({ done: whole, "total?": whole }),
    running: list(object({ package: text, step: text, startedAt: at })),
    "fraction?": { type: "number", minimum: 0, maximum: 1 },
    "remainingSeconds?": seconds,
  },
  line: { text },
  "lines-dropped": { count: whole },
  exit: { "exitCode?": whole, "signal?": text, seconds },
  stopping: { signal: { enum: ["SIGTERM", "SIGKILL"] }, pids: list(whole) },
  "lock-recovered": { path: text, reason: text },
  warning: { code: text, message: text },
  rebuild: { applied: { enum: ["clean", "packages", "nothing"] }, ...advice },
  "rebuild-advice": advice,
  fetch: {
    phase: { enum: ["wait", "start", "download", "verify", "unpack", "done"] },
    what: text,
    "received?": number,
    "total?": number,
  },
  host: { checks: whole, problems: list(problem) },
  configured: {
    configPath: text,
    "defconfig?": object({ name: text, "tree?": text, path: text }),
    requested: whole,
    mismatches: list(mismatch),
    "previousConfig?": text,
    seconds,
  },
  built: {
    targets: texts,
    seconds,
    logPath: text,
    steps: list(object({ ...step, startedAt: at, seconds })),
    images: list(object({ name: text, path: text, size: whole, modifiedAt: number })),
  },
  failed: { code: text, message: text, "hint?": text, details: { type: "object" } },
} satisfies Readonly<Record<CommandEvent["type"], Readonly<Record<string, Schema>>>>;

/** The JSON Schema of one line that `build --json` and `configure --json` print. */
export const eventsSchema: Schema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: `ipa-br build --json, version ${eventsVersion}: one event, a line each`,
  type: "object",
  required: ["schema", "type"],
  properties: { schema: { const: eventsVersion }, type: { enum: Object.keys(events) } },
  oneOf: Object.entries(events).map(([type, properties]) =>
    object({ schema: { const: eventsVersion }, type: { const: type }, ...properties }),
  ),
};
