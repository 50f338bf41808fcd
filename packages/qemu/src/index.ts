export { QemuError, type QemuErrorCode, type QemuErrorOptions } from "./errors.js";
export { machineCommand, type MachineCommandOptions } from "./args/machine.js";
export { quoteCommand } from "./args/quote.js";
export { findQemu, type FindQemuOptions } from "./launch/find-binary.js";
export { detectAcceleration, type DetectAccelerationOptions } from "./accel/detect.js";
export { loginPrompt } from "./wait/login-prompt.js";
export { text } from "./wait/text.js";
export { launch, planLaunch, type LaunchPlan } from "./launch/launch.js";
export type { QmpClient, QmpCommands, QmpEvent } from "./types/qmp.js";
export type {
  AccelerationVerdict,
  Accelerator,
  Architecture,
  AttachEnd,
  AttachOptions,
  Command,
  Drive,
  Environment,
  ExecResult,
  Firmware,
  HostForward,
  LaunchOptions,
  Machine,
  MachineEvent,
  MachineExit,
  MachineType,
  Nic,
  QemuBinary,
  RecordedOutput,
  RunningMachine,
  SerialConsole,
  SerialPort,
  StopOptions,
  StoppedMachine,
  WaitContext,
  WaitOptions,
  WaitStrategy,
} from "./types.js";
