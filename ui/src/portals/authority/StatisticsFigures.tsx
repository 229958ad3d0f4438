import type { Length, Share, Statistics } from "../../api/statistics";
import { language, t } from "../../text";
import classes from "./Statistics.module.css";

const MINUTES_OF_AN_HOUR = 60;
const HOURS_OF_A_DAY = 24;
/** From two days on, days are easier to read than hours. */
const DAYS_FROM = 48;

/** The figures above everything: how many, shares, times. */
export function StatisticsFigures({ statistics }: { statistics: Statistics }) {
  return (
    <dl className={classes.figures}>
      <Figure label={t("statistics.incidents")} value={whole(statistics.incidents)} />
      <Figure label={t("statistics.reports")} value={whole(statistics.reports)} />
      <Figure label={t("statistics.filings")} value={whole(statistics.filings)} />
      {statistics.shares.map((share) => (
        <Figure key={share.id} label={share.label} value={part(share)} note={t("statistics.of", { count: share.count, told: share.told })} />
      ))}
      {statistics.lengths.map((length) => (
        <Figure key={length.id} label={t("statistics.median", { what: length.label })} value={time(length.median_hours)} note={span(length)} />
      ))}
    </dl>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div className={`sheet ${classes.figure}`}>
      <dt>{label}</dt>
      <dd className={classes.value}>{value}</dd>
      {note && <dd className={classes.small}>{note}</dd>}
    </div>
  );
}

const whole = (count: number) => new Intl.NumberFormat(language()).format(count);

function part({ count, told }: Share): string {
  if (told === 0) return t("statistics.untold");
  return new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 0 }).format(count / told);
}

function time(hours: number | null | undefined): string {
  if (hours === null || hours === undefined) return t("statistics.untold");
  if (hours < 1) return inUnit(hours * MINUTES_OF_AN_HOUR, "minute");
  return hours < DAYS_FROM ? inUnit(hours, "hour") : inUnit(hours / HOURS_OF_A_DAY, "day");
}

function inUnit(value: number, unit: "minute" | "hour" | "day"): string {
  const maximumFractionDigits = unit === "minute" ? 0 : 1;
  return new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "long", maximumFractionDigits }).format(value);
}

function span({ told, shortest_hours, longest_hours }: Length): string | undefined {
  if (told === 0) return undefined;
  return t("statistics.span", { told, shortest: time(shortest_hours), longest: time(longest_hours) });
}
