import { isAbsolute, join } from "node:path";
import { check, compilerNames, isOn, textOf, type Check, type DoctorContext, type Rule } from "./context.js";

const script = "support/dependencies/dependencies.sh";

/** What hidden symbols of the configuration ask of the host. */
export const hostSymbolRule: Rule = async (context) => {
  const { host, values } = context;
  const checks: Check[] = [];
  if (isOn(values, "BR2_NEEDS_HOST_JAVA")) {
    const java = await host.find("java");
    const output = java === undefined ? "" : (await host.run(java, ["-version"])).output;
    const why = "a package of this configuration is built with Java";
    if (java === undefined)
      checks.push(
        check("program:java", {
          severity: "error",
          message: "java is not installed.",
          why,
          source: script,
          needs: ["java"],
        }),
      );
    else if (output.includes("gcj"))
      checks.push(
        check("program:java", {
          severity: "error",
          message: "java is gcj's, which is not enough.",
          why,
          source: script,
          needs: ["java"],
        }),
      );
    else checks.push(check("program:java"));
  }
  if (isOn(values, "BR2_HOSTARCH_NEEDS_IA32_LIBS")) {
    const there = await host.access("/lib/ld-linux.so.2");
    const why = "the configuration uses prebuilt tools of 32 bits, such as an external toolchain";
    checks.push(
      check(
        "ia32:libraries",
        there === undefined
          ? {
              severity: "error",
              message: "The libraries for 32 bits are not installed.",
              why,
              source: script,
              needs: ["ia32-libraries"],
            }
          : undefined,
      ),
    );
  }
  if (isOn(values, "BR2_HOSTARCH_NEEDS_IA32_COMPILER")) {
    const fits = (await compiles(context, "gcc", "c", ["-m32"])) && (await compiles(context, "g++", "c++", ["-m32"]));
    const why = "a package of this configuration builds programs of 32 bits for the host";
    checks.push(
      check(
        "ia32:compiler",
        fits
          ? undefined
          : {
              severity: "error",
              message: "The compilers do not compile for 32 bits.",
              why,
              source: script,
              needs: ["ia32-compiler"],
            },
      ),
    );
  }
  if (isOn(values, "BR2_NEEDS_HOST_GCC_PLUGIN_SUPPORT")) {
    const name = compilerNames(context.options.env, "HOSTCXX", ["g++"])[0]!;
    const gxx = await host.find(name);
    const folder = gxx === undefined ? "" : (await host.run(gxx, ["-print-file-name=plugin"])).output.trim();
    const fits = await compiles(context, name, "c++", [`-I${folder}/include`, "-c"], "#include <gcc-plugin.h>\n");
    const why = "the kernel of this configuration builds plugins for gcc";
    checks.push(
      check(
        "gcc:plugins",
        fits
          ? undefined
          : {
              severity: "error",
              message: "gcc's headers for plugins are not installed.",
              why,
              source: script,
              needs: ["gcc-plugin"],
            },
      ),
    );
  }
  return checks;
};

async function compiles(
  { host }: DoctorContext,
  compiler: string,
  language: string,
  args: readonly string[],
  text = "int main(void) { return 0; }\n",
): Promise<boolean> {
  const path = await host.find(compiler);
  if (path === undefined) return false;
  return (await host.run(path, [...args, "-x", language, "-", "-o", "/dev/null"], text)).exitCode === 0;
}

/** menuconfig and nconfig are programs of the host, linked with ncurses. */
export const menuRule: Rule = async (context) => {
  const text = "#include <ncurses.h>\nint main(void) { return initscr() == 0; }\n";
  for (const library of ["-lncursesw", "-lncurses"])
    if (await linksWith(context, library, text)) return [check("menuconfig:ncurses")];
  return [
    check("menuconfig:ncurses", {
      severity: "note",
      message: "The headers of ncurses are not installed.",
      why: "menuconfig and nconfig are compiled on the host; builds do not need it",
      source: "Buildroot manual, Optional packages",
      needs: ["ncurses"],
    }),
  ];
};

async function linksWith({ host }: DoctorContext, library: string, text: string): Promise<boolean> {
  const path = await host.find("gcc");
  if (path === undefined) return false;
  return (await host.run(path, ["-x", "c", "-", "-o", "/dev/null", library], text)).exitCode === 0;
}

/** Symbols that name files or folders which must be there; `program` ones are run. */
const named: readonly { readonly pattern: RegExp; readonly kind: "file" | "folder" | "program" }[] = [
  { pattern: /^BR2_ROOTFS_OVERLAY$|^BR2_GLOBAL_PATCH_DIR$/, kind: "folder" },
  { pattern: /^BR2_ROOTFS_(?:PRE_BUILD|POST_BUILD|POST_FAKEROOT|POST_IMAGE)_SCRIPT$/, kind: "program" },
  {
    pattern: /^BR2_ROOTFS_(?:DEVICE|STATIC_DEVICE|USERS)_TABLES?$|^BR2_LINUX_KERNEL_CUSTOM_CONFIG_FILE$/,
    kind: "file",
  },
  {
    pattern: /^BR2_LINUX_KERNEL_CONFIG_FRAGMENT_FILES$|^BR2_PACKAGE_BUSYBOX_CONFIG(?:_FRAGMENT_FILES)?$/,
    kind: "file",
  },
  {
    pattern: /^BR2_UCLIBC_CONFIG(?:_FRAGMENT_FILES)?$|^BR2_TARGET_UBOOT_(?:CUSTOM_CONFIG_FILE|CONFIG_FRAGMENT_FILES)$/,
    kind: "file",
  },
];

/** The files that the configuration names: Buildroot misses them late, at the end of a build at worst. */
export const fileRule: Rule = async (context) => {
  const checks: Check[] = [];
  for (const [symbol] of context.values) {
    const rule = named.find(({ pattern }) => pattern.test(symbol));
    const value = textOf(context.values, symbol);
    if (rule === undefined || value === undefined) continue;
    for (const word of value.split(/\s+/)) {
      const path = resolvePath(context, word);
      if (path === undefined) continue;
      checks.push(await fileCheck(context, symbol, path, rule.kind));
    }
  }
  return checks;
};

async function fileCheck(
  { host }: DoctorContext,
  symbol: string,
  path: string,
  kind: "file" | "folder" | "program",
): Promise<Check> {
  const id = `file:${symbol}:${path}`;
  const found = await host.access(path);
  const why = `${symbol} names it`;
  if (found === undefined) return check(id, { severity: "error", message: `${path} is not there.`, why });
  if (kind === "folder" && found.kind !== "folder")
    return check(id, { severity: "error", message: `${path} is no folder.`, why });
  if (kind === "program" && !found.execute)
    return check(id, { severity: "error", message: `${path} cannot be run.`, why, command: `chmod +x ${path}` });
  return found.read
    ? check(id)
    : check(id, { severity: "error", message: `${path} cannot be read.`, why, command: `chmod a+r ${path}` });
}

/** A path of a .config: with make's variables, relative to the Buildroot tree; undefined where it cannot be told. */
function resolvePath({ options }: DoctorContext, word: string): string | undefined {
  const { buildroot, externals = [] } = options;
  const variables: Record<string, string | undefined> = { TOPDIR: buildroot, CONFIG_DIR: options.output };
  for (const { name, path } of externals) variables[`BR2_EXTERNAL_${name}_PATH`] = path;
  let known = true;
  const text = word.replaceAll(/\$[({](\w+)[)}]/g, (_all, name: string) => {
    known &&= variables[name] !== undefined;
    return variables[name] ?? "";
  });
  if (!known || text === "" || text.includes("$") || (!isAbsolute(text) && buildroot === undefined)) return undefined;
  return isAbsolute(text) ? text : join(buildroot!, text);
}

/** The external toolchain that is said to be installed already. */
export const toolchainRule: Rule = async (context) => {
  const path = textOf(context.values, "BR2_TOOLCHAIN_EXTERNAL_PATH");
  const prefix =
    textOf(context.values, "BR2_TOOLCHAIN_EXTERNAL_PREFIX") ??
    textOf(context.values, "BR2_TOOLCHAIN_EXTERNAL_CUSTOM_PREFIX");
  if (!isOn(context.values, "BR2_TOOLCHAIN_EXTERNAL_PREINSTALLED") || path === undefined || prefix === undefined)
    return [];
  const compiler = join(path, "bin", `${prefix.replaceAll("$(ARCH)", textOf(context.values, "BR2_ARCH") ?? "")}-gcc`);
  const found = await context.host.access(compiler);
  return [
    check(
      "toolchain:external",
      found?.execute === true
        ? undefined
        : {
            severity: "error",
            message: `The external toolchain's compiler is not there: ${compiler}.`,
            why: "BR2_TOOLCHAIN_EXTERNAL_PATH says that it is installed",
            source: "toolchain/helpers.mk, check_cross_compiler_exists",
          },
    ),
  ];
};
