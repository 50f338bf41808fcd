import { gzipSync } from "node:zlib";

/** What a command comes to. */
export interface FakeResult {
  readonly command_status: string;
  readonly command_error: unknown;
  readonly command_result: unknown;
}

const succeeded = (result: unknown): FakeResult => ({
  ...{ command_status: "SUCCEEDED", command_error: null, command_result: result },
});

const step = { step: "erase_devices", priority: 10, interface: "deploy", reboot_requested: false };
const versions = { generic_hardware_manager: "1.2" };

function tar(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write("0", 156);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body, Buffer.alloc(1024)]);
}

/** The fake agent's answers. */
export const answers: {
  readonly status: object;
  readonly extensions: readonly string[];
  readonly results: Readonly<Record<string, FakeResult>>;
} = {
  status: { started_at: 1_700_000_000.5, version: "13.0.0" },
  extensions: ["poll", "clean", "deploy", "log", "standby", "fake"],
  results: {
    "poll.get_hardware_info": succeeded({
      interfaces: [{ name: "eth0", mac_address: "52:54:00:12:34:56", ipv4_address: "10.0.2.15" }],
      cpu: { model_name: "fake", count: 2, architecture: "x86_64", flags: [] },
      disks: [{ name: "/dev/vda", size: 4_294_967_296 }],
      memory: { total: 1_000_000_000, physical_mb: 1024 },
    }),
    "clean.get_clean_steps": succeeded({
      clean_steps: { GenericHardwareManager: [{ ...step, abortable: true }] },
      hardware_manager_version: versions,
    }),
    "deploy.get_deploy_steps": succeeded({
      deploy_steps: { GenericHardwareManager: [step] },
      hardware_manager_version: versions,
    }),
    "log.collect_system_logs": succeeded({ system_logs: gzipSync(tar("journal", "it works\n")).toString("base64") }),
    "standby.power_off": succeeded(null),
    "standby.sync": succeeded(null),
    "standby.prepare_image": succeeded({ result: "prepare_image: done" }),
    "fake.slow": succeeded({ result: "slow: done" }),
    "fake.fails": {
      ...{ command_status: "FAILED", command_result: null },
      command_error: {
        type: "CommandExecutionError",
        code: 500,
        message: "Command execution failed",
        details: "no such disk",
      },
    },
  },
};
