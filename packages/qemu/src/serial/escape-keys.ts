/** What a piece of typed text means. */
export interface Typed {
  /** What goes to the guest. */
  readonly forward: string;
  /** The person asked to leave; what was typed behind that is dropped. */
  readonly leave: boolean;
  /** The person asked to tell the guest the window's size. */
  readonly resize: boolean;
}

const ctrlA = "\u0001";

/**
 * Understands Ctrl-a x (leave), Ctrl-a r (tell the window's size) and Ctrl-a Ctrl-a (one Ctrl-a for the guest), also when
 * the two keys come in two pieces. Ctrl-a with any other key is passed on as it is.
 */
export function escapeKeys(): (text: string) => Typed {
  let prefixed = false;
  return (text) => {
    let forward = "";
    let resize = false;
    for (const key of text) {
      if (prefixed) {
        prefixed = false;
        if (key === "x" || key === "X") return { forward, leave: true, resize };
        if (key === "r" || key === "R") resize = true;
        else forward += key === ctrlA ? ctrlA : ctrlA + key;
      } else if (key === ctrlA) prefixed = true;
      else forward += key;
    }
    return { forward, leave: false, resize };
  };
}
