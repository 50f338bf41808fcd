export { QemuError, type QemuErrorCode, type QemuErrorOptions } from "./errors.js";
export { machineCommand, type MachineCommandOptions } from "./args/machine.js";
export { quoteCommand } from "./args/quote.js";
export { findQemu, type FindQemuOptions } from "./host/find-binary.js";
export { findUefi, type FindUefiOptions } from "./host/find-uefi.js";
export { detectAcceleration, type DetectAccelerationOptions } from "./accel/detect.js";
export { asciicast, type AsciicastOptions } from "./serial/asciicast.js";
export { agentAnswer } from "./wait/agent-answer.js";
export { httpAnswer, type HttpAnswerOptions } from "./wait/http-answer.js";
export { kernelPanic } from "./wait/kernel-panic.js";
export { loginPrompt } from "./wait/login-prompt.js";
export { tcpAnswer, type TcpAnswerOptions } from "./wait/tcp-answer.js";
export { text } from "./wait/text.js";
export { launch, planLaunch, type LaunchPlan } from "./launch/launch.js";
export type { AgentCommands, AgentExecResult, AgentInfo, AgentProgram, GuestAgent } from "./types/agent.js";
export type { QmpClient, QmpCommands, QmpEvent, QmpEvents, QmpNothing } from "./types/qmp.js";
export type {
  AccelerationVerdict,
  Accelerator,
  Architecture,
  AttachEnd,
  AttachOptions,
  BlankDrive,
  Command,
  Drive,
  DriveOptions,
  Environment,
  ExecResult,
  FileDrive,
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
  Screenshot,
  SerialConsole,
  SerialPort,
  StopOptions,
  StoppedMachine,
  Tpm,
  Uefi,
  WaitContext,
  WaitOptions,
  WaitStrategy,
} from "./types.js";
