import type { MachineUnderTest, StartedMachine } from "./machine.js";
import type { RunningConductor } from "../conductor/types.js";
import type { Scenario } from "./scenario.js";

/** The machine of a run: it keeps running from one scenario to the next where that does. */
export class Stage {
  readonly #machine: MachineUnderTest;
  readonly #conductor: RunningConductor;
  readonly #apiUrl: string;
  #started: { readonly machine: StartedMachine; gone: boolean } | undefined;

  constructor(machine: MachineUnderTest, conductor: RunningConductor, apiUrl: string) {
    this.#machine = machine;
    this.#conductor = conductor;
    this.#apiUrl = apiUrl;
  }

  /** The machine as the scenario needs it. */
  async provide(start: Scenario["start"], signal: AbortSignal | undefined): Promise<StartedMachine> {
    if (start === "running" && this.#started?.gone === false) return this.#started.machine;
    await this.clear();
    const inspecting = start === "inspecting";
    this.#conductor.forget(this.#machine.node, inspecting ? "inspect wait" : "clean wait");
    const machine = await this.#machine.start({
      apiUrl: this.#apiUrl,
      ...(inspecting ? { inspectionUrl: `${this.#apiUrl}/v1/continue_inspection` } : {}),
      ...(signal === undefined ? {} : { signal }),
    });
    const started = { machine, gone: false };
    this.#started = started;
    void machine.exited.then(() => (started.gone = true));
    return machine;
  }

  /** Ends the machine, where one runs. */
  async clear(): Promise<void> {
    const started = this.#started;
    this.#started = undefined;
    await started?.machine.stop();
  }
}
