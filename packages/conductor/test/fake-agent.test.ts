import { describe, expect, it } from "vitest";
import { fakeMachine } from "./support/fake-machine.js";
import { mismatch } from "./support/contract.js";
import { record, recorded } from "./support/recording.js";

const uuid = "6a3e8f7e-0c5a-4c8e-9f1c-2b6f1f9d7a02";
const mac = "52:54:00:12:34:56";

describe("the fake agent, compared with the recording of the real one", () => {
  it("sends the same requests, without fields of its own", async () => {
    const { sent } = recorded();
    const fake = await record(fakeMachine(uuid), [mac]);
    expect(fake.sent.map(({ method, path, apiVersion }) => ({ method, path, apiVersion }))).toEqual(
      sent.map(({ method, path, apiVersion }) => ({ method, path, apiVersion })),
    );
    const differences = fake.sent.map((request, index) => mismatch(request.body, sent[index]!.body));
    expect(differences).toEqual(sent.map(() => undefined));
  });

  it("answers with the same statuses, shapes and kinds of refusals", async () => {
    const { answered } = recorded();
    const fake = await record(fakeMachine(uuid), [mac]);
    const summary = answered.map((real, index) => {
      const { asked, status, body } = fake.answered[index]!;
      const differs = status < 400 ? mismatch(body, real.body) : mismatch(kind(body), kind(real.body));
      return { asked, status, differs };
    });
    expect(summary).toEqual(answered.map(({ asked, status }) => ({ asked, status, differs: undefined })));
  });
});

/** A refusal's words up to the first colon: what follows is the reason's own. */
function kind(body: unknown): unknown {
  const { faultcode, faultstring } = body as { faultcode: string; faultstring: string };
  return { faultcode, faultstring: faultstring.split(":")[0] };
}
