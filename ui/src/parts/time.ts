import { language, t } from "../text";

const MINUTE = 60_000;

/** A length of time in words, its two greatest units: "3 h 12 min". */
export function lengthInWords(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
  if (minutes < 1) return t("time.lessThanMinute");
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  const words = [
    days > 0 ? t("time.days", { count: days }) : "",
    hours > 0 ? t("time.hours", { count: hours }) : "",
    rest > 0 ? t("time.minutes", { count: rest }) : "",
  ].filter((word) => word !== "");
  return words.slice(0, 2).join(" ");
}

/** The city of a zone, as people say it: "Luxembourg" for "Europe/Luxembourg". */
export function zoneName(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** The day in words: "Saturday 7 March 2026". */
export function dayInWords(at: string, zone: string): string {
  const code = language() === "en" ? "en-GB" : language();
  return new Intl.DateTimeFormat(code, {
    timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric",
  }).format(new Date(at)).replace(/^(\p{L}+), /u, "$1 ");
}

/** The instant in words: "Saturday 7 March 2026, 16:30". */
export function instantInWords(at: string, zone: string): string {
  const date = new Date(at);
  const code = language() === "en" ? "en-GB" : language();
  const day = new Intl.DateTimeFormat(code, {
    timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric",
  }).format(date);
  const time = new Intl.DateTimeFormat(code, { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(date);
  return t("time.dayAndTime", { day: day.replace(/^(\p{L}+), /u, "$1 "), time });
}

/** The instant for dense lists: "7 Mar, 16:30", with the year when it is not this year. */
export function instantInShort(at: string, zone: string): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(language() === "en" ? "en-GB" : language(), {
    timeZone: zone, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(date);
}

function wallClock(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", second: "2-digit",
  }).formatToParts(new Date(at));
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
}

/** What a `datetime-local` control shows for an instant in a zone. */
export function toLocalInput(at: string, zone: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? "" : new Date(wallClock(time, zone)).toISOString().slice(0, 16);
}

/** The instant that a `datetime-local` control means in a zone; `undefined` when it is empty or no date. */
export function fromLocalInput(text: string, zone: string): string | undefined {
  const wall = Date.parse(`${text}Z`);
  if (Number.isNaN(wall)) return undefined;
  // Two rounds settle the zone's offset also near a change of clocks.
  let at = wall - (wallClock(wall, zone) - wall);
  at = wall - (wallClock(at, zone) - at);
  return new Date(at).toISOString().replace(".000Z", "Z");
}
