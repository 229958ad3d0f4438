import type { DutyState } from "../api/types";
import { t } from "../text";
import { Mark } from "./Mark";

/** How far a duty is. */
export function DutyStateMark({ state }: { state: DutyState }) {
  const tone = state === "late" ? "late" : state === "filed" || state === "acknowledged" ? "good" : state === "due" ? "accent" : "plain";
  return <Mark tone={tone}>{t(`dutyState.${state}`)}</Mark>;
}
