import { t } from "../../text";

const YEARS = 4;
const QUARTERS = 8;
const MONTHS_OF_A_QUARTER = 3;
const QUARTERS_OF_A_YEAR = 4;

/** The last years and quarters, the newest first. */
export function lastPeriods(now: Date): string[] {
  const year = now.getUTCFullYear();
  const quarter = year * QUARTERS_OF_A_YEAR + Math.floor(now.getUTCMonth() / MONTHS_OF_A_QUARTER);
  const quarters = Array.from({ length: QUARTERS }, (_, back) => quarter - back);
  return [
    ...Array.from({ length: YEARS }, (_, back) => String(year - back)),
    ...quarters.map((count) => `${Math.floor(count / QUARTERS_OF_A_YEAR)}-Q${(count % QUARTERS_OF_A_YEAR) + 1}`),
  ];
}

/** The first or the last month of a year, a quarter or a month. */
export function monthOf(part: string, which: "first" | "last"): string {
  const [year, rest] = part.split("-");
  if (!rest) return `${year}-${which === "last" ? "12" : "01"}`;
  if (!rest.startsWith("Q")) return part;
  const month = Number(rest.slice(1)) * MONTHS_OF_A_QUARTER - (which === "last" ? 0 : MONTHS_OF_A_QUARTER - 1);
  return `${year}-${String(month).padStart(2, "0")}`;
}

/** A year or a quarter in words. */
export function periodInWords(period: string): string {
  const [year = "", quarter] = period.split("-Q");
  return quarter ? t("statistics.quarter", { year, quarter }) : t("statistics.year", { year });
}
