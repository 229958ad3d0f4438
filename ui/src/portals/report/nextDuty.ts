import type { Duty, DutyState } from "../../api/types";

const WAITING = new Set<DutyState>(["late", "due", "drafted", "in_approval"]);

/** Whether a duty waits to be filed. */
export function isWaiting(duty: Duty): boolean {
  return WAITING.has(duty.state) && !duty.voluntary;
}

/** Whether the server would let it be filed: it waits, may be filed freely, or can be corrected. */
export function canBeFiled(duty: Duty): boolean {
  return duty.state !== "not_applicable" && duty.state !== "displaced" && duty.state !== "waived";
}

const dueAt = (duty: Duty) => Date.parse(duty.due?.at ?? "");

/** The duty to look at next: of those that wait the one with the least time left, else the first that is open. */
export function nextDuty(duties: Duty[]): Duty | undefined {
  const [first] = duties.filter((duty) => isWaiting(duty) && duty.due).toSorted((one, other) => dueAt(one) - dueAt(other));
  return (
    first ??
    duties.find(isWaiting) ??
    duties.find((duty) => duty.state === "undecided")
  );
}
