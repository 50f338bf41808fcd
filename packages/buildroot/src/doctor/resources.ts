import { dirname, join } from "node:path";
import { check, isOn, textOf, type Check, type DoctorContext, type Rule } from "./context.js";

const GiB = 1024 ** 3;
/** Below this not even a small image can be built. */
const leastSpace = 1 * GiB;
const leastFiles = 100_000;

/** What a build of this configuration takes in the output folder, roughly and rather more than less. */
export function expectedSpace(values: ReadonlyMap<string, string>): number {
  let gigabytes = 2;
  if (values.size === 0 || isOn(values, "BR2_TOOLCHAIN_BUILDROOT")) gigabytes += 5;
  if (isOn(values, "BR2_LINUX_KERNEL")) gigabytes += 3;
  if (isOn(values, "BR2_PACKAGE_PYTHON3")) gigabytes += 2;
  if (isOn(values, "BR2_PACKAGE_HOST_RUSTC") || isOn(values, "BR2_PACKAGE_HOST_GO")) gigabytes += 3;
  if (isOn(values, "BR2_PACKAGE_QT6") || isOn(values, "BR2_PACKAGE_QT5")) gigabytes += 6;
  return (isOn(values, "BR2_PER_PACKAGE_DIRECTORIES") ? gigabytes * 2 : gigabytes) * GiB;
}

const size = (bytes: number): string => `${(bytes / GiB).toFixed(1)} GiB`;

/** Room and manners of the file system that holds the output folder. */
export const spaceRule: Rule = async ({ host, options: { output, dlDir }, values }) => {
  const checks: Check[] = [];
  const space = output === undefined ? undefined : await host.space(output);
  if (output !== undefined && space !== undefined) {
    const wanted = expectedSpace(values);
    const least = space.free < leastSpace;
    checks.push(
      check(
        "space:output",
        space.free >= wanted
          ? undefined
          : {
              severity: least ? "error" : "warning",
              message: `${output} has ${size(space.free)} left.`,
              why: `a build of this configuration from nothing takes about ${size(wanted)}; with a full disk it fails in the middle`,
              command: `du -xh --max-depth=2 ${dirname(output)} | sort -h | tail`,
            },
      ),
      check(
        "space:files",
        space.freeFiles === undefined || space.freeFiles >= leastFiles
          ? undefined
          : {
              severity: "warning",
              message: `The file system of ${output} can take ${space.freeFiles} more files.`,
              why: "a build makes some hundred thousand, and a lack of inodes reads as a full disk",
            },
      ),
      check(
        "output:noexec",
        space.options.includes("noexec")
          ? {
              severity: "error",
              message: `${output} is on a file system mounted noexec.`,
              why: "the tools that Buildroot builds for the host run from there",
              command: `findmnt --target ${output}`,
            }
          : undefined,
      ),
      check(
        "output:case",
        space.caseSensitive === false
          ? {
              severity: "error",
              message: `${output} is on a file system that does not tell a from A.`,
              why: "Linux and other sources have files that differ in nothing else",
            }
          : undefined,
      ),
    );
  }
  for (const [id, folder] of [["folder:downloads", dlDir]] as const) {
    if (folder !== undefined) checks.push(...(await writable(host, id, folder, "downloads are kept there")));
  }
  return checks;
};

async function writable(host: DoctorContext["host"], id: string, folder: string, why: string): Promise<Check[]> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await host.access(path);
    if (found === undefined && path !== dirname(path)) continue;
    if (found?.kind === "folder" && found.write) return [check(id)];
    const message = found?.kind === "folder" ? `${path} cannot be written.` : `${path} is no folder.`;
    return [check(id, { severity: "error", message, why, command: `sudo chown "$(id -u)" ${path}` })];
  }
}

/** The compiler cache: Buildroot builds ccache itself, its folder has to be there to be written. */
export const ccacheRule: Rule = async ({ host, options, values }) => {
  if (!isOn(values, "BR2_CCACHE")) return [];
  const text = textOf(values, "BR2_CCACHE_DIR");
  const home = options.env["HOME"];
  const expanded = home === undefined ? text : text?.replace(/^\$[({]HOME[)}]/, home);
  const folder = options.ccacheDir ?? options.env["BR2_CCACHE_DIR"] ?? expanded;
  if (folder === undefined || folder.includes("$")) return [];
  return writable(host, "folder:ccache", folder, "BR2_CCACHE is on, and compiled files are kept there");
};

/** Memory: a C++ compiler of a big package takes a gigabyte or two. */
export const memoryRule: Rule = async ({ host, values }) => {
  const big = ["BR2_PACKAGE_WEBKITGTK", "BR2_PACKAGE_QT6WEBENGINE", "BR2_PACKAGE_HOST_RUSTC", "BR2_PACKAGE_CHROMIUM"];
  const wanted = big.some((symbol) => isOn(values, symbol)) ? 8 * GiB : 1.5 * GiB;
  return [
    check(
      "memory",
      host.memory >= wanted
        ? undefined
        : {
            severity: "warning",
            message: `The machine has ${size(host.memory)} of memory.`,
            why: `this configuration may take ${size(wanted)}, and the kernel kills compilers that ask for more than there is`,
          },
    ),
  ];
};

/** /dev/kvm: booting the image is many times faster with it. */
export const kvmRule: Rule = async ({ host }) => {
  const found = await host.access("/dev/kvm");
  const base = {
    severity: "note",
    why: "booting an image takes many times as long without; builds do not need it",
  } as const;
  if (found === undefined) return [check("kvm", { ...base, message: "There is no /dev/kvm." })];
  if (found.read && found.write) return [check("kvm")];
  return [
    check("kvm", {
      ...base,
      message: "/dev/kvm may not be used by this user.",
      command: 'sudo usermod --append --groups kvm "$USER"   # then log in anew',
    }),
  ];
};

/** A host that Buildroot's prebuilt tools and this package do not know. */
export const outputRule: Rule = async ({ host, options: { output } }) => {
  if (output === undefined) return [];
  const config = await host.access(join(output, ".config"));
  if (config === undefined || config.read) return [];
  return [
    check("output:config", {
      severity: "error",
      message: `${join(output, ".config")} cannot be read.`,
      why: "it says what is to be built",
      command: `sudo chown -R "$(id -u)" ${output}`,
    }),
  ];
};
