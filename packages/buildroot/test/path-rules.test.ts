import { describe, expect, it } from "vitest";
import { outputPathProblem, pathProblem } from "../src/path-rules.js";

describe("path rules", () => {
  it("let an external tree lie in node_modules/@scope, but no output folder", () => {
    expect(pathProblem("/home/me/node_modules/@ipa-br/preset-ipa/tree")).toBeUndefined();
    expect(pathProblem("/p/.pnpm/@ipa-br+preset-ipa@0.1.0/node_modules/@ipa-br/preset-ipa/tree")).toBeUndefined();
    expect(outputPathProblem("/home/me@host/out")).toMatch(/the character @/);
  });

  it.each(["", "relative", "/a b", "/a:b", "/a#b", "/a$b", "/a'b", "/a\nb"])("refuse %j", (path) => {
    expect(pathProblem(path)).toBeDefined();
    expect(outputPathProblem(path)).toBe(pathProblem(path));
  });
});
