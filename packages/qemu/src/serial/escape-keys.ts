/** What a piece of typed text means. */
export interface Typed {
  /** What goes to the guest. */
  readonly forward: string;
  /** The person asked to leave; what was typed behind that is dropped. */
  readonly leave: boolean;
}

const ctrlA = "\u0001";

/**
 * Understands Ctrl-a x (leave) and Ctrl-a Ctrl-a (one Ctrl-a for the guest), also when the two keys come in two
 * pieces. Ctrl-a with any other key is passed on as it is.
 */
export function escapeKeys(): (text: string) => Typed {
  let prefixed = false;
  return (text) => {
    let forward = "";
    for (const key of text) {
      if (prefixed) {
        prefixed = false;
        if (key === "x" || key === "X") return { forward, leave: true };
        forward += key === ctrlA ? ctrlA : ctrlA + key;
      } else if (key === ctrlA) prefixed = true;
      else forward += key;
    }
    return { forward, leave: false };
  };
}
