/** Hands on whole lines, their breaks included: what is looked for in a line may come in two pieces. */
export function byLines(sink: (lines: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const all = rest + text;
    const end = all.lastIndexOf("\n") + 1;
    rest = all.slice(end);
    if (end > 0) sink(all.slice(0, end));
  };
}
