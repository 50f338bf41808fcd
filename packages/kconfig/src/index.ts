export { KconfigError, type KconfigErrorCode } from "./errors.js";
