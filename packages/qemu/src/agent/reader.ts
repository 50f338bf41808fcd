/** One answer of the agent. */
export type AgentAnswer =
  | { readonly kind: "return"; readonly value: unknown }
  | { readonly kind: "error"; readonly class: string; readonly description: string };

/** The byte that comes before the answer to guest-sync-delimited, and nowhere else: no UTF-8 text holds it. */
export const sentinel = "\u00ff";

/**
 * Cuts what the agent sends, read as Latin-1, into answers: one in each line, and nothing before a sentinel counts. A line
 * that cannot be read is skipped: it is the rest of an answer that was cut by a restart of the agent.
 */
export function answerReader(onAnswer: (answer: AgentAnswer) => void): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    rest += chunk;
    rest = rest.slice(rest.lastIndexOf(sentinel) + 1);
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const answer = readAnswer(line);
      if (answer !== undefined) onAnswer(answer);
    }
  };
}

function readAnswer(line: string): AgentAnswer | undefined {
  try {
    const value = JSON.parse(Buffer.from(line, "latin1").toString("utf8")) as Record<string, unknown> | null;
    if (value === null || typeof value !== "object") return undefined;
    if ("return" in value) return { kind: "return", value: value["return"] };
    const error = value["error"] as Record<string, unknown> | undefined;
    if (error === undefined) return undefined;
    return { kind: "error", class: String(error["class"]), description: String(error["desc"]) };
  } catch {
    return undefined;
  }
}
