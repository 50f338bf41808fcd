import { join } from "node:path";
import { readText, type Session, writeOwn } from "../session.js";
import { parseBuildTimes, secondsByPackage } from "./build-times.js";

/** What earlier builds of an output folder took: O/ipa-br/times.json. */
export interface TimeHistory {
  /** Seconds per package. */
  readonly packages: ReadonlyMap<string, number>;
  /** Seconds from the last package to the end: finalizing the target, writing the images. */
  readonly imageSeconds: number | undefined;
}

const pathOf = (session: Session): string => join(session.layout.own, "times.json");

/** The history of a folder; of one that plain make has built, what its build-time.log tells. What cannot be read is not known. */
export async function readHistory(session: Session): Promise<TimeHistory> {
  const own = parseHistory(await readText(pathOf(session)).catch(() => undefined));
  if (own !== undefined) return own;
  const text = await readText(join(session.layout.build, "build-time.log")).catch(() => undefined);
  return { packages: secondsByPackage(parseBuildTimes(text ?? "")), imageSeconds: undefined };
}

export function parseHistory(text: string | undefined): TimeHistory | undefined {
  if (text === undefined) return undefined;
  try {
    const { version, packages, imageSeconds } = JSON.parse(text) as Record<string, unknown>;
    if (version !== 1 || typeof packages !== "object" || packages === null) return undefined;
    const known = Object.entries(packages).filter((entry): entry is [string, number] => isSeconds(entry[1]));
    return { packages: new Map(known), imageSeconds: isSeconds(imageSeconds) ? imageSeconds : undefined };
  } catch {
    return undefined;
  }
}

/** Keeps what a run took beside what was known. A disk that is full costs the next estimate, not this build. */
export async function keepHistory(session: Session, before: TimeHistory, now: TimeHistory): Promise<void> {
  const packages = new Map([...before.packages, ...now.packages]);
  const text = JSON.stringify({
    version: 1,
    packages: Object.fromEntries(
      [...packages].sort().map(([name, seconds]) => [name, Math.round(seconds * 1000) / 1000]),
    ),
    imageSeconds: now.imageSeconds ?? before.imageSeconds,
  });
  await writeOwn(session, pathOf(session), `${text}\n`).catch(() => undefined);
}

function isSeconds(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
