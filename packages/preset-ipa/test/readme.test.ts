import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("..", import.meta.url));
const examples = [...readFileSync(`${folder}/README.md`, "utf8").matchAll(/^```ts\n(.*?)^```/gms)].map(
  (match) => match[1]!,
);

it("has examples", () => {
  expect(examples.length).toBeGreaterThan(0);
});

it.each(examples.map((code, index) => [index + 1, code] as const))("example %i runs", async (index, code) => {
  mkdirSync(`${folder}/.cache`, { recursive: true });
  const file = `${folder}/.cache/readme-${index}.ts`;
  writeFileSync(file, code);
  await expect(import(/* @vite-ignore */ file)).resolves.toBeDefined();
});
