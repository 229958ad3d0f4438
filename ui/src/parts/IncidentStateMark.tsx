import type { IncidentState } from "../api/types";
import { t } from "../text";
import { Mark } from "./Mark";

const TONES = { open: "accent", late: "late", done: "good" } as const;

/** Where an incident stands. */
export function IncidentStateMark({ state }: { state: IncidentState }) {
  return <Mark tone={TONES[state]}>{t(`incidentState.${state}`)}</Mark>;
}
