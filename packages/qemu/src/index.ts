export { QemuError, type QemuErrorCode } from "./errors.js";
