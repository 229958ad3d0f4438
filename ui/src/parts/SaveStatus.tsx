import type { Unsaved } from "../api/unsaved";
import { t } from "../text";
import { Mark } from "./Mark";
import classes from "./SaveStatus.module.css";

/** Whether everything is saved; if not, what happens with it. */
export function SaveStatus({ unsaved }: { unsaved: Unsaved }) {
  const bad = unsaved.state === "refused" || unsaved.state === "conflict" || unsaved.state === "unreachable";
  return (
    <div role="status" className={classes.status}>
      <Mark tone={bad || unsaved.state === "signed_out" ? "late" : unsaved.state === "saved" ? "good" : "plain"}>
        {t(`save.${unsaved.state}`)}
      </Mark>
      {unsaved.message && <div className={classes.message}>{unsaved.message}</div>}
    </div>
  );
}
