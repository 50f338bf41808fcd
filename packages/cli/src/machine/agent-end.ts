/** Restarts after which a service that keeps ending is given up. */
const mostRestarts = 3;

/** Milliseconds in which systemd says that it starts a service again: services wait some seconds (RestartSec). */
const restartMs = 20_000;

const escapes = new RegExp("\\u001B\\[[0-9;?]*[A-Za-z]", "g");

/** What images print when their agent is gone for good: systemd, or a script of their own. */
const final =
  /ironic.python.agent.*(?:ended with|exited with|Start request repeated too quickly)|Failed to start .*ironic.python.agent/i;

const restart = /ironic-python-agent\.service: Scheduled restart job, restart counter is at (\d+)/;
const failure = /ironic-python-agent\.service: Failed with result/;

/** Reads a machine's console for the end of its agent. */
export class AgentEnd {
  /** Resolves with the line that tells it. */
  readonly seen: Promise<string>;
  #see: (line: string) => void = () => {};
  #rest = "";
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.seen = new Promise((resolve) => (this.#see = resolve));
  }

  /** More of the console. */
  add(text: string): void {
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = (lines.pop() ?? "").slice(-4096);
    for (const line of lines) this.#line(line.replaceAll(escapes, "").trim());
  }

  /** Waits for nothing any more. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #line(line: string): void {
    const restarts = Number(restart.exec(line)?.[1] ?? 0);
    if (restarts > 0) clearTimeout(this.#timer);
    if (restarts >= mostRestarts || final.test(line)) this.#see(line);
    else if (failure.test(line)) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#see(line), restartMs);
    }
  }
}
