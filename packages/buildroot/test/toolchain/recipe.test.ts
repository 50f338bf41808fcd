import { describe, expect, it } from "vitest";
import { BuildrootError } from "../../src/index.js";
import { packageOf, recipeFor } from "../../src/toolchain/recipe.js";

const host = (osRelease: string, machine = "x86_64") => ({ osRelease, machine, aptEntries: [] });

function refusal(run: () => unknown): BuildrootError {
  try {
    run();
  } catch (error) {
    if (BuildrootError.is(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("recipeFor", () => {
  it.each([
    ["ID=debian\nVERSION_ID=12", "debian-12", "gcc-12"],
    ["ID=debian\nVERSION_ID=13", "debian-13", "gcc-14-x86-64-linux-gnu"],
    ['ID=ubuntu\nVERSION_ID="22.04"', "ubuntu-22.04", "gcc-11"],
    ['ID=ubuntu\nVERSION_ID="24.04"', "ubuntu-24.04", "gcc-13-x86-64-linux-gnu"],
  ])("knows %j", (text, name, gcc) => {
    const recipe = recipeFor(host(text));
    expect(recipe.name).toBe(name);
    expect(recipe.archives.map(({ architecture }) => architecture)).toEqual(["amd64"]);
    expect(recipe.archives[0]?.packages).toContain(gcc);
    expect(recipe.archives[0]?.packages).toContain(`libstdc++-${recipe.gcc}-dev`);
  });

  it.each([
    ["ID=debian\nVERSION_ID=12", "debian-12-aarch64", "gcc-12-aarch64-linux-gnu"],
    ["ID=debian\nVERSION_ID=13", "debian-13-aarch64", "gcc-14-aarch64-linux-gnu"],
  ])(
    "takes the compiler for aarch64 from the host's packages and its libraries from arm64's: %j",
    (text, name, gcc) => {
      const recipe = recipeFor(host(text), "aarch64");
      expect(recipe.name).toBe(name);
      const [compiler, libraries] = recipe.archives;
      expect(compiler?.architecture).toBe("amd64");
      expect(compiler?.packages).toEqual(expect.arrayContaining([gcc, "binutils-aarch64-linux-gnu"]));
      expect(libraries?.architecture).toBe("arm64");
      expect(libraries?.packages).toEqual(
        expect.arrayContaining([`libgcc-${recipe.gcc}-dev`, "libc6-dev", "libcrypt-dev"]),
      );
      expect(libraries?.packages.join(" ")).not.toContain("cross");
    },
  );

  it.each([
    ["ID=debian\nVERSION_ID=11\nPRETTY_NAME='Debian 11'", "x86_64", "Debian 11"],
    ["ID=fedora\nVERSION_ID=42\nPRETTY_NAME='Fedora Linux 42'", "x86_64", "Fedora Linux 42"],
    ["ID=debian\nVERSION_ID=12\nPRETTY_NAME='Debian 12'", "aarch64", "Debian 12 on aarch64"],
    ["", "x86_64", "linux"],
  ])("refuses %j on %s and names what is supported", (text, machine, found) => {
    const error = refusal(() => recipeFor(host(text, machine)));
    expect(error).toMatchObject({ code: "TOOLCHAIN_UNSUPPORTED" });
    expect(error.message).toContain(`The compiler of ${found} `);
    expect(error.hint).toContain("Debian 12 and 13, Ubuntu 22.04 and 24.04, on x86-64");
  });

  it.each([
    ["ID=ubuntu\nVERSION_ID=24.04\nPRETTY_NAME='Ubuntu 24.04'", "x86_64", "Ubuntu 24.04"],
    ["ID=debian\nVERSION_ID=12\nPRETTY_NAME='Debian 12'", "aarch64", "Debian 12 on aarch64"],
    ["ID=fedora\nVERSION_ID=42\nPRETTY_NAME='Fedora Linux 42'", "x86_64", "Fedora Linux 42"],
  ])("refuses %j on %s a compiler for aarch64", (text, machine, found) => {
    const error = refusal(() => recipeFor(host(text, machine), "aarch64"));
    expect(error).toMatchObject({ code: "TOOLCHAIN_UNSUPPORTED" });
    expect(error.message).toContain(`The aarch64 compiler of ${found} `);
    expect(error.hint).toContain("Debian 12 and 13 on x86-64");
  });

  it("refuses a processor that it does not know", () => {
    const error = refusal(() => recipeFor(host("ID=debian\nVERSION_ID=12"), "toString" as "aarch64"));
    expect(error).toMatchObject({ code: "TOOLCHAIN_UNSUPPORTED", hint: "There are those for x86_64 and aarch64." });
  });

  it("tells a package by its file", () => {
    expect(packageOf("libcrypt1_1:4.4.33-2_amd64.deb")).toBe("libcrypt1");
    expect(packageOf("g++-12_12.2.0-14+deb12u1_amd64.deb")).toBe("g++-12");
  });
});
