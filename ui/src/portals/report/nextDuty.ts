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

/** The duty to look at next: the first that waits in the server's order, else the first that is open. */
export function nextDuty(duties: Duty[]): Duty | undefined {
  return (
    duties.find((duty) => isWaiting(duty) && duty.due) ??
    duties.find(isWaiting) ??
    duties.find((duty) => duty.state === "undecided")
  );
}
