import type { ConfFile } from "../types.js";

/** What a run of `conf` needs done before it goes on. */
export type ConfRequest =
  /** A line of standard input, with its line end; of an overlong line a part. The reply is `undefined` at the end. */
  | { readonly kind: "line" }
  /** A file to write. The reply is `undefined` where that was done, else a `ConfRefusal`. */
  | { readonly kind: "write"; readonly file: ConfFile };

/** Of what C does for a file: make its folders, open another one beside it, give that one its name. */
export type WriteStep = "folders" | "open" | "rename";
/** Why a file was not written: at which step, and the code of the error, such as EACCES. */
export type ConfRefusal = `${WriteStep} ${string}`;

/** Steps of a run: what it yields is to be done, and what comes back is the reply. */
export type ConfSteps<Result> = Generator<ConfRequest, Result, string | undefined>;
