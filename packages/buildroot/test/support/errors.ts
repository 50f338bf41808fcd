import { BuildrootError } from "../../src/index.js";

/** The error that a promise must reject with. */
export async function rejection(promise: Promise<unknown>): Promise<BuildrootError> {
  try {
    await promise;
  } catch (error) {
    if (BuildrootError.is(error)) return error;
    throw error;
  }
  throw new Error("it did not reject");
}
