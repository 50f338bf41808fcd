/** The steps of Buildroot's instrumentation in a few groups, each with a colour of its own (classes in style.ts). */
export const stepGroups = ["download", "prepare", "configure", "build", "install"] as const;

export type StepGroup = (typeof stepGroups)[number];

export function groupOf(step: string): StepGroup {
  if (step === "download") return "download";
  if (/^(?:extract|patch|rsync)/.test(step)) return "prepare";
  if (step === "configure") return "configure";
  return step === "build" ? "build" : "install";
}
