import type { DutyChange } from "../../api/finder";
import { Mark } from "../../parts/Mark";
import { t } from "../../text";
import classes from "./Finder.module.css";

/** What another answer changes, duty by duty. */
export function Changes({ changes }: { changes: DutyChange[] }) {
  return (
    <div role="status" className={classes.changes}>
      {changes.length === 0 ? (
        t("finder.noChange")
      ) : (
        <ul>
          {changes.map(({ key, law, title, difference, due_in_words }) => (
            <li key={key}>
              <Mark tone={difference === "new" ? "accent" : "plain"}>{t(`finder.difference.${difference}`)}</Mark>{" "}
              {t("duty.name", { law, title })}
              {difference === "moved" && due_in_words && <span className={classes.quiet}> {due_in_words}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
