/** What a reader of events may leave unread before lines are left out. */
const mostLines = 10_000;

interface Typed {
  readonly type: string;
}

/**
 * Events between a producer that never waits and one reader. All events are kept but for lines: of those only so many wait,
 * further ones are counted and told as one `lines-dropped`.
 */
export class EventQueue<T extends Typed> {
  readonly #dropped: (count: number) => T;
  #waiting: T[] = [];
  #head = 0;
  #lines = 0;
  #missed = 0;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(dropped: (count: number) => T) {
    this.#dropped = dropped;
  }

  push(event: T): void {
    if (event.type === "line") {
      if (this.#lines >= mostLines) {
        this.#missed++;
        return;
      }
      this.#lines++;
    }
    if (this.#missed > 0) {
      this.#waiting.push(this.#dropped(this.#missed));
      this.#missed = 0;
    }
    this.#waiting.push(event);
    this.#wake?.();
  }

  end(): void {
    if (this.#missed > 0) this.#waiting.push(this.#dropped(this.#missed));
    this.#missed = 0;
    this.#ended = true;
    this.#wake?.();
  }

  async *read(): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const event = this.#waiting[this.#head];
      if (event !== undefined) {
        this.#head++;
        if (event.type === "line") this.#lines--;
        if (this.#head > 1000) {
          this.#waiting = this.#waiting.slice(this.#head);
          this.#head = 0;
        }
        yield event;
      } else if (this.#ended) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
