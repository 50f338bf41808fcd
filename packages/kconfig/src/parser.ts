export { KconfigError } from "./errors.js";
