export { BuildrootError, type BuildrootErrorCode } from "./errors.js";
