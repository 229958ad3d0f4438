import type { ValueChange } from "../api/types";
import { t } from "../text";
import classes from "./Diff.module.css";
import { Mark } from "./Mark";

/** What changed: each answer before and now. */
export function Diff({ changes }: { changes: ValueChange[] }) {
  return (
    <dl className={classes.diff}>
      {changes.map((change) => (
        <div key={change.field} className={classes.change}>
          <dt>{change.label}</dt>
          <dd>
            {change.before ? (
              <>
                <del>{change.before}</del>
                <span className={classes.to}>{t("diff.became")}</span>
              </>
            ) : (
              <span className={classes.added}>
                <Mark>{t("diff.added")}</Mark>
              </span>
            )}
            <ins>{change.after ?? t("diff.nothing")}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
