import type { Environment } from "../../base/environment.js";
import type { EarlyStamp } from "../../config/early-files.js";

/** The time as BusyBox' files have it: that of SOURCE_DATE_EPOCH, else `now`, in the zone of TZ; none with KCONFIG_NOTIMESTAMP. */
export function earlyStamp(env: Environment, now: Date): EarlyStamp {
  if ((env["KCONFIG_NOTIMESTAMP"] ?? "") !== "") return { timestamp: "" };
  const epoch = env["SOURCE_DATE_EPOCH"] ?? "";
  const made = epoch === "" ? now : new Date(Number(/^\s*\d+/.exec(epoch)?.[0] ?? 0) * 1000);
  const { weekday, monthName, year, month, day, time, zone } = partsOf(made, env["TZ"]);
  return {
    date: `${weekday} ${monthName} ${String(Number(day)).padStart(2)} ${time} ${year}`,
    timestamp: `${year}-${month}-${day} ${time} ${zone}`,
  };
}

interface Parts {
  readonly weekday: string;
  readonly monthName: string;
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly time: string;
  readonly zone: string;
}

/** A time in a zone; a zone that nobody knows is UTC, as in C, and none is the one that the machine is set to. */
function partsOf(time: Date, zone: string | undefined): Parts {
  const timeZone = zone === undefined ? undefined : zone === "" ? "UTC" : zone.replace(/^:/, "");
  const format = (locale: string): Record<string, string> => {
    const options: Intl.DateTimeFormatOptions = {
      ...{ year: "numeric", month: "2-digit", day: "2-digit", weekday: "short", timeZoneName: "short" },
      ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
    };
    let formatter: Intl.DateTimeFormat;
    try {
      formatter = new Intl.DateTimeFormat(locale, { ...options, ...(timeZone === undefined ? {} : { timeZone }) });
    } catch {
      formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    }
    return Object.fromEntries(formatter.formatToParts(time).map(({ type, value }) => [type, value]));
  };
  const american = format("en-US");
  const { weekday = "", year = "", month = "", day = "", hour, minute, second } = american;
  // Abbreviations of zones are words of the countries that use them.
  const names = [american["timeZoneName"]!, format("en-GB")["timeZoneName"]!];
  return {
    weekday,
    monthName: "JanFebMarAprMayJunJulAugSepOctNovDec".slice(Number(month) * 3 - 3, Number(month) * 3),
    ...{ year, month, day },
    time: `${hour}:${minute}:${second}`,
    zone: names.find((name) => !/^GMT[+-]/.test(name)) ?? names[0]!,
  };
}
