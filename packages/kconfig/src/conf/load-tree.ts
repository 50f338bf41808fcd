import { KconfigError } from "../errors.js";
import { type KconfigTree, loadTree } from "../model/tree.js";
import { refuseFolder } from "./early-exit.js";
import type { ConfOptions, ConfVoice } from "./types.js";

/** Reads the tree from where C looks for its files: the working folder, and below `srctree`. */
export function loadConfTree(options: ConfOptions, voice: ConfVoice): KconfigTree {
  try {
    return loadTree({ ...options, folder: "" });
  } catch (error) {
    if (KconfigError.is(error) && error.details["isFolder"] === true) refuseFolder(voice);
    throw error;
  }
}
