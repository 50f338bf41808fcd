/** A longer line is cut there: no tool writes such a line for people, and memory stays bounded. */
const longestLine = 64 * 1024;

// CSI sequences, OSC strings ended by BEL or ST, charset selections, other two-character escapes; then the single control
// characters that tput prints beside them.
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()*+][0-9A-Za-z]|[@-Z\\-_=>])/g;
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const special = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** A line as a terminal would leave it: no escapes, and of a line redrawn with carriage returns the last state. */
export function plainLine(line: string): string {
  if (!special.test(line)) return line;
  const plain = line.replaceAll(escapes, "");
  const redrawn = plain.replace(/\r+$/, "");
  const last = redrawn.slice(redrawn.lastIndexOf("\r") + 1);
  return last.replaceAll(controls, "");
}

/** Cuts a stream of text into plain lines. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #rest = "";
  #overflow = false;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(text: string): void {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      this.#take(text.slice(start, end));
      this.#flush();
      start = end + 1;
    }
    if (start < text.length) this.#take(text.slice(start));
  }

  /** The last line may have no line break. */
  end(): void {
    if (this.#rest !== "") this.#flush();
  }

  #take(part: string): void {
    if (this.#overflow) return;
    this.#rest = this.#rest === "" ? part : this.#rest + part;
    if (this.#rest.length <= longestLine) return;
    const redrawn = this.#rest.lastIndexOf("\r");
    // A progress bar may redraw one line for hours; only its last state counts.
    if (redrawn > 0 && this.#rest.length - redrawn < longestLine) this.#rest = this.#rest.slice(redrawn + 1);
    else {
      this.#rest = this.#rest.slice(0, longestLine);
      this.#overflow = true;
    }
  }

  #flush(): void {
    const line = plainLine(this.#rest);
    this.#rest = "";
    this.#overflow = false;
    this.#onLine(line);
  }
}
