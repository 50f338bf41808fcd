export { ConductorError, type ConductorErrorCode, type ConductorErrorOptions } from "./errors.js";
export { startConductor } from "./conductor/start.js";
export { AgentClient, type ExecuteOptions, type OnCommand } from "./agent/client.js";
export { pinned } from "./agent/pin.js";
export type { AgentEndpoint } from "./agent/endpoint.js";
export type { AgentCommands, AgentNode, ImageInfo, StepParameters } from "./agent/commands.js";
export { auditImage, lintCommandLineFor, type AuditOptions, type CommandLineOptions } from "./audit/audit.js";
export { lintCommandLine, type CommandLineImage, type CommandLineReport } from "./audit/cmdline/lint.js";
export { agentParameters, type Parameter, type ParameterKind } from "./audit/cmdline/parameters.js";
export { auditFindingLines, auditText } from "./report/audit.js";
export { jsonReport } from "./report/json.js";
export { junitReport } from "./report/junit.js";
export { textReport } from "./report/text.js";
export { runScenarios, type RunScenariosOptions, type ScenarioEvent } from "./scenarios/run.js";
export { scenarios, scenariosNamed } from "./scenarios/catalog.js";
export type { Came, Scenario, ScenarioContext } from "./scenarios/scenario.js";
export type { Failure, Outcome, Report, ScenarioReport, StepReport } from "./scenarios/report.js";
export type { FileSetting } from "./audit/cmdline/settings.js";
export type {
  AgentContract,
  AuditArea,
  AuditCount,
  AuditFinding,
  AuditReport,
  AuditSeverity,
  ContractOption,
  ContractCollector,
  ContractTool,
} from "./audit/types.js";
export type { Compression } from "./image/format.js";
export type { Segment } from "./image/archives.js";
export type { MachineUnderTest, StartedMachine, StartRequest } from "./scenarios/machine.js";
export type { ConductorOptions, Outage, RunningConductor, StoppedConductor } from "./conductor/types.js";
export type { AgentStatus, CommandResult } from "./schemas/agent.js";
export type { Inventory } from "./schemas/inspection.js";
export type { Step, StepsByManager } from "./schemas/steps.js";
export type {
  ConductorEvent,
  Environment,
  HeartbeatRecord,
  HeartbeatWaitOptions,
  InspectionRecord,
  JsonObject,
  JsonValue,
  LookupRecord,
  NodeDescription,
  NodeView,
  ProvisionState,
  RequestRecord,
  WaitOptions,
} from "./types.js";
