import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { kernelOptions } from "../../src/index.js";
import { tree } from "../support/repository.js";

const config = readFileSync(join(tree, "board/openstack-ipa/linux.config"), "utf8").split("\n");

it("every kernel option of the contract is in the tree's kernel configuration", () => {
  const lacking = kernelOptions.filter(
    ({ name, builtIn }) => !config.includes(`${name}=y`) && (builtIn || !config.includes(`${name}=m`)),
  );
  expect(lacking).toEqual([]);
});
