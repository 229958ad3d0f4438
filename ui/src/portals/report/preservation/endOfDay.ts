import { fromLocalInput } from "../../../parts/time";

/** The instant at which a day of the calendar has ended in a zone; nothing for what is no day. */
export function endOfDay(day: string, zone: string): string | null {
  const start = Date.parse(`${day}T00:00Z`);
  if (Number.isNaN(start)) return null;
  const next = new Date(start + 86_400_000).toISOString().slice(0, 10);
  return fromLocalInput(`${next}T00:00`, zone) ?? null;
}
