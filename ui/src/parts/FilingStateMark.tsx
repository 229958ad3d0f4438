import type { FilingState } from "../api/types";
import { t } from "../text";
import { Mark } from "./Mark";

/** How far a filing is. */
export function FilingStateMark({ state }: { state: FilingState }) {
  return <Mark tone={state === "filed" ? "accent" : "good"}>{t(`filingState.${state}`)}</Mark>;
}
