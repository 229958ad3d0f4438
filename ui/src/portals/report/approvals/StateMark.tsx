import type { ApprovalState } from "../../../api/approvals";
import { Mark } from "../../../parts/Mark";
import { t } from "../../../text";

const TONES = { pending: "accent", approved: "good", returned: "late", withdrawn: "plain", filed: "good" } as const;

/** How far a request for approval is. */
export function StateMark({ state }: { state: ApprovalState }) {
  return <Mark tone={TONES[state]}>{t(`approval.state.${state}`)}</Mark>;
}
