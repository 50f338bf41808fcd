// @ipa-br/kconfig in a tool of its own: what a tree holds, and which lines of a .config do not do what they say.
// node kconfig-report.mjs CONFIG.IN .CONFIG [DIALECT]
import { readFileSync } from "node:fs";
import { createConfiguration, dialects, formatDiagnostic, loadTree, nearestNames, readConfig } from "@ipa-br/kconfig";
import { nodeHost } from "@ipa-br/kconfig/node";

const [root, file, name = "buildroot"] = process.argv.slice(2);
const dialect = Object.entries(dialects).find(([key]) => key === name)?.[1];
if (!root || !file || !dialect) {
  console.error(`usage: node kconfig-report.mjs CONFIG.IN .CONFIG [${Object.keys(dialects).join("|")}]`);
  process.exit(2);
}

const tree = loadTree({ root, host: nodeHost(), dialect, env: process.env });
for (const diagnostic of tree.diagnostics) console.warn(formatDiagnostic(diagnostic));

const types = new Map();
for (const { type } of tree.symbols) types.set(type, (types.get(type) ?? 0) + 1);
console.log(`${tree.symbols.length} symbols: ${[...types].map(([type, count]) => `${count} ${type}`).join(", ")}`);

const text = readFileSync(file, "utf8");
const configuration = createConfiguration(tree);
configuration.load(text, { path: file });
const names = tree.symbols.map((symbol) => symbol.name);

for (const { name: symbol, value, line } of readConfig(text, { dialect })) {
  const where = `${file}:${line}: ${symbol}`;
  if (!names.includes(symbol)) {
    const near = nearestNames(symbol, names, 1);
    console.log(`${where} is no symbol${near.length > 0 ? `, did you mean ${near[0]}?` : ""}`);
  } else if (configuration.value(symbol) !== value) {
    console.log(`${where} is ${JSON.stringify(configuration.value(symbol))} in the end, not ${JSON.stringify(value)}`);
  }
}
