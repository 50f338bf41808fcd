import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { interview, shapeOf, type Exchange } from "./contract.js";
import { rawRequest } from "./raw-request.js";
import { recorder, type SentRequest } from "./recorder.js";
import { startConductor, type MachineUnderTest } from "../../src/index.js";

/** What an agent sends and answers: types in the place of values, but for statuses and refusals. */
export interface Recording {
  readonly sent: readonly SentRequest[];
  readonly answered: readonly Exchange[];
}

const file = fileURLToPath(new URL("../fixtures/agent-13.0.0.json", import.meta.url));
const patience = { timeoutMs: 240_000 };

/** Lets an agent boot, inspect and answer, and notes all of it. */
export async function record(machine: MachineUnderTest, macs: readonly string[]): Promise<Recording> {
  const uuid = machine.node;
  const conductor = await startConductor({ nodes: [{ uuid, macs, provisionState: "inspect wait" }] });
  const front = await recorder(conductor.url);
  const inspectionUrl = `${front.url}/v1/continue_inspection`;
  const started = await machine.start({ apiUrl: front.url, inspectionUrl });
  try {
    const lookup = conductor.waitForLookup(uuid, patience);
    await conductor.waitForHeartbeat(uuid, patience);
    await lookup;
    const { callbackUrl = "", agentVerifyCa = "" } = conductor.node(uuid);
    const answered = await interview({
      token: front.token(),
      fetch: (path, init) => rawRequest(callbackUrl + path, { ...init, certificate: agentVerifyCa }),
    });
    return { sent: [...front.sent()].sort(byPath), answered: answered.map(withoutValues) };
  } finally {
    await started.stop();
    await conductor.stop();
  }
}

/** The recording of the real agent. */
export function recorded(): Recording {
  if (!existsSync(file)) throw new Error("There is no recording: pnpm run record makes one.");
  return JSON.parse(readFileSync(file, "utf8")) as Recording;
}

/** Keeps a recording as the one to compare with. */
export function keep(recording: Recording): void {
  writeFileSync(file, `${JSON.stringify(recording, undefined, 2)}\n`);
}

const byPath = (one: SentRequest, other: SentRequest) => (one.path < other.path ? -1 : 1);

/** Refusals are kept word by word, all else as its shape. */
function withoutValues({ asked, status, body }: Exchange): Exchange {
  return { asked, status, body: status >= 400 ? body : shapeOf(body) };
}
