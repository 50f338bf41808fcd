import type { ConfFile } from "../types.js";

/** What a run of `conf` needs done before it goes on. */
export type ConfRequest =
  /** A line of standard input, with its line end; of an overlong line a part. The reply is `undefined` at the end. */
  | { readonly kind: "line" }
  /** A file to write. The reply is `undefined` where that was done, else why not. */
  | { readonly kind: "write"; readonly file: ConfFile };

/** Steps of a run: what it yields is to be done, and what comes back is the reply. */
export type ConfSteps<Result> = Generator<ConfRequest, Result, string | undefined>;
