import { Ajv, type ValidateFunction } from "ajv";
import { eventsSchema } from "../../src/ui/events-schema.js";

type Json = Readonly<Record<string, unknown>>;

/** The published schema lets fields come within a version; what is printed now has to be in it by name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const made = Object.fromEntries(Object.entries(schema as Json).map(([key, value]) => [key, closed(value)]));
  // Not the outermost, of which the events are alternatives.
  return "properties" in made && !("oneOf" in made) ? { ...made, additionalProperties: false } : made;
}

const open: ValidateFunction = new Ajv({ strict: true, strictTypes: false }).compile(eventsSchema as Json);
const exact: ValidateFunction = new Ajv({ strict: true, strictTypes: false }).compile(closed(eventsSchema) as Json);

export interface SeenEvent extends Json {
  readonly schema: number;
  readonly type: string;
}

/** The events of a command's output, and those among them that the schema does not know exactly so. */
export function readEvents(output: string): {
  readonly events: readonly SeenEvent[];
  readonly wrong: readonly string[];
} {
  const events = output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as SeenEvent);
  const wrong = events
    .filter((event) => !open(event) || !exact(event))
    .map((event) => `${JSON.stringify(event).slice(0, 300)}: ${JSON.stringify(exact.errors?.slice(0, 3))}`);
  return { events, wrong };
}

export function isEvent(value: unknown): boolean {
  return open(value) as boolean;
}
