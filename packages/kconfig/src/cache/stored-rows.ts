type Numbers = Int32Array<ArrayBuffer>;

/** The numbers and texts that the objects of a tree are made of, as `encodeTree` puts them one after the other. */
export interface StoredRows {
  readonly symbols: Numbers;
  /** What the symbols have several of. */
  readonly lists: Numbers;
  readonly menus: Numbers;
  readonly properties: Numbers;
  /** By number, from 1. */
  readonly texts: readonly string[];
  /** All help texts, one after the other. */
  readonly help: string;
}
