import type { TermChange } from "../../../api/taxonomy";
import { t } from "../../../text";
import { changeInWords } from "./changeInWords";

const MOST = 12;

const keyOf = (change: TermChange) =>
  change.kind === "described" ? "head" : `${change.kind}${change.kind === "deleted" ? change.before.id : change.after.id}`;

/** What a version changed, or a file would change. */
export function ChangeLines({ changes }: { changes: TermChange[] }) {
  return (
    <ul style={{ margin: 0 }}>
      {changes.slice(0, MOST).map((change) => (
        <li key={keyOf(change)}>{changeInWords(change)}</li>
      ))}
      {changes.length > MOST && <li>{t("terms.moreChanges", { count: changes.length - MOST })}</li>}
    </ul>
  );
}
