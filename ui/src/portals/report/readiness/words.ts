import type { ReadinessCounts } from "../../../api/readiness";
import { language, t } from "../../../text";

/** A day of the calendar in words: `7 March 2026`. */
export function dayInWords(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Intl.DateTimeFormat(language() === "en" ? "en-GB" : language(), { dateStyle: "long", timeZone: "UTC" }).format(Date.UTC(year, month - 1, date));
}

/** How far the checklist is, in a sentence. */
export function score(counts: ReadinessCounts): string {
  const parts = [t("readiness.done", { done: counts.done, total: counts.total - counts.not_for_us })];
  if (counts.overdue > 0) parts.push(t("readiness.overdue", { count: counts.overdue }));
  if (counts.in_work > 0) parts.push(t("readiness.inWork", { count: counts.in_work }));
  if (counts.not_for_us > 0) parts.push(t("readiness.notForUs", { count: counts.not_for_us }));
  return parts.join(", ");
}
