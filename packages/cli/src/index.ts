export { CliError, type CliErrorCode, type CodedError, isCodedError } from "./errors.js";
export { exitCodeFor, exitCodes } from "./exit-codes.js";
export type { Io } from "./io.js";
export { agentMachine, type AgentMachineOptions } from "./machine/agent-machine.js";
export { verifyImages, type VerifyOptions } from "./machine/verify.js";
export { eventsSchema } from "./ui/events-schema.js";
export { type CommandEvent, eventsVersion } from "./ui/events.js";
export { main } from "./main.js";
export { type Config, defineConfig } from "./settings/schema.js";
