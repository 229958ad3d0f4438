import type { CaseChange } from "../../api/migrations";
import { Instant } from "../../parts/Instant";
import { t } from "../../text";
import { roleName } from "../admin/functions";

/** One thing that a correction of the rules changes for a case. */
export function CaseChangeLine({ change }: { change: CaseChange }) {
  const { title } = change;
  switch (change.change) {
    case "stage_added":
      return (
        <>
          {t("rules.stageAdded", { title })} {change.due ? <Due label={t("rules.due")} at={change.due} /> : null}
        </>
      );
    case "stage_removed":
      return t("rules.stageRemoved", { title });
    case "state_changed":
      return t("rules.stateChanged", {
        title,
        before: t(`dutyState.${change.before}`),
        after: t(`dutyState.${change.after}`),
      });
    case "due_moved":
      return (
        <>
          <strong>{t(moved(change.before, change.after), { title })}</strong>
          {change.before && <Due label={t("rules.before")} at={change.before} />}
          {change.after && <Due label={t("rules.after")} at={change.after} />}
        </>
      );
    case "field_required":
      return t("rules.fieldRequired", { title, label: change.label });
    case "field_no_longer_asked":
      return t("rules.fieldGone", { title, label: change.label });
    case "recipients_changed":
      return t("rules.recipients", {
        title,
        before: change.before.map(roleName).join(", "),
        after: change.after.map(roleName).join(", "),
      });
  }
}

function Due({ label, at }: { label: string; at: string }) {
  return (
    <div>
      {label} <Instant at={at} />
    </div>
  );
}

function moved(before: string | null | undefined, after: string | null | undefined) {
  if (!before) return "rules.dueBegins";
  if (!after) return "rules.dueEnds";
  return Date.parse(after) < Date.parse(before) ? "rules.dueEarlier" : "rules.dueLater";
}
