import type { RebuildAdvice, RebuildReason } from "@ipa-br/buildroot";

type Advice = Omit<RebuildAdvice, "basis">;

/** Advice as lines: what to do, then why, reason by reason with the section of Buildroot's manual. */
export function formatAdvice(advice: Advice): readonly string[] {
  const { packages, reasons } = advice;
  return [
    headline(advice),
    ...packages.map(
      ({ package: name, action, loses }) =>
        `  ${name}-${action}${loses === undefined ? "" : `, which loses what was changed in ${loses}`}`,
    ),
    ...(reasons.length === 0 ? [] : ["Why"]),
    ...grouped(reasons),
  ];
}

function headline({ level, canWait, packages }: Advice): string {
  const anew = packages.length === 1 ? "One package has" : `${packages.length} packages have`;
  switch (level) {
    case "nothing":
      return "Nothing has to be made anew";
    case "image":
      return "Only the images have to be made anew, which every build does";
    case "packages":
      return `${anew} to be made anew`;
    case "clean":
      if (!canWait) return "All of it has to be built from clean";
      return packages.length === 0
        ? "Only a clean build takes out what is too much, and that can wait"
        : `Only a clean build takes out what is too much, and that can wait; ${anew.toLowerCase()} to be made anew`;
  }
}

/** A change that asks for the same of many packages is told once. */
function grouped(reasons: readonly RebuildReason[]): readonly string[] {
  const groups = new Map<string, { readonly reason: RebuildReason; readonly names: string[] }>();
  for (const reason of reasons) {
    const key = `${reason.change}\n${reason.level} ${reason.why}\n${reason.section}`;
    const group = groups.get(key) ?? { reason, names: [] };
    if (reason.package !== undefined) group.names.push(reason.package);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ reason, names }) => [
    `  ${reason.change}`,
    `    ${[...(names.length === 0 ? [reason.level] : names)].join(", ")}: ${reason.why} [manual: ${reason.section}]`,
  ]);
}
