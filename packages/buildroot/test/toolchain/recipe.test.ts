import { describe, expect, it } from "vitest";
import { packageOf, recipeFor } from "../../src/toolchain/recipe.js";

const host = (osRelease: string, machine = "x86_64") => ({ osRelease, machine, aptEntries: [] });

describe("recipeFor", () => {
  it.each([
    ["ID=debian\nVERSION_ID=12", "debian-12", "gcc-12"],
    ["ID=debian\nVERSION_ID=13", "debian-13", "gcc-14-x86-64-linux-gnu"],
    ['ID=ubuntu\nVERSION_ID="22.04"', "ubuntu-22.04", "gcc-11"],
    ['ID=ubuntu\nVERSION_ID="24.04"', "ubuntu-24.04", "gcc-13-x86-64-linux-gnu"],
  ])("knows %j", (text, name, gcc) => {
    const recipe = recipeFor(host(text));
    expect(recipe.name).toBe(name);
    expect(recipe.packages).toContain(gcc);
    expect(recipe.packages).toContain(`libstdc++-${recipe.gcc}-dev`);
  });

  it.each([
    ["ID=debian\nVERSION_ID=11\nPRETTY_NAME='Debian 11'", "x86_64", "Debian 11"],
    ["ID=fedora\nVERSION_ID=42\nPRETTY_NAME='Fedora Linux 42'", "x86_64", "Fedora Linux 42"],
    ["ID=debian\nVERSION_ID=12\nPRETTY_NAME='Debian 12'", "aarch64", "Debian 12 on aarch64"],
    ["", "x86_64", "linux"],
  ])("refuses %j on %s and names what is supported", (text, machine, found) => {
    let error: unknown;
    try {
      recipeFor(host(text, machine));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: "TOOLCHAIN_UNSUPPORTED" });
    expect((error as Error).message).toContain(`The compiler of ${found} `);
    expect((error as { hint: string }).hint).toContain("Debian 12 and 13, Ubuntu 22.04 and 24.04, on x86-64");
  });

  it("tells a package by its file", () => {
    expect(packageOf("libcrypt1_1:4.4.33-2_amd64.deb")).toBe("libcrypt1");
    expect(packageOf("g++-12_12.2.0-14+deb12u1_amd64.deb")).toBe("g++-12");
  });
});
