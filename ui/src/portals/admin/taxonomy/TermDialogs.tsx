import { changeTaxonomy, type Edit, type OfficialValue, type OwnTerm, type TaxonomyView } from "../../../api/taxonomy";
import { wordsOf } from "../../../parts/termWords";
import { t, tn } from "../../../text";
import { ConfirmDialog } from "../ConfirmDialog";
import { InUseDialog } from "./InUseDialog";
import { RetireDialog } from "./RetireDialog";
import { TermDialog } from "./TermDialog";

/** What is being done to which term. */
export type Doing =
  | { what: "add"; below: OfficialValue }
  | { what: "change" | "retire" | "restore" | "delete"; own: OwnTerm };

interface DialogsProps {
  view: TaxonomyView;
  doing: Doing;
  onDone: (next: TaxonomyView, words: string) => void;
  onClose: () => void;
}

/** The dialog of what is being done. */
export function TermDialogs({ view, doing, onDone, onClose }: DialogsProps) {
  const send = (edit: Edit) => changeTaxonomy(view.version, [edit]);
  if (doing.what === "add" || doing.what === "change")
    return (
      <TermDialog
        view={view}
        below={doing.what === "add" ? doing.below : undefined}
        own={doing.what === "change" ? doing.own : undefined}
        send={send}
        onDone={(next) => onDone(next, t("terms.saved"))}
        onClose={onClose}
      />
    );
  const { own } = doing;
  const label = wordsOf(own.term.label);
  if (doing.what === "retire")
    return <RetireDialog view={view} own={own} send={send} onDone={(next) => onDone(next, t("terms.retiredNow", { label }))} onClose={onClose} />;
  if (doing.what === "delete" && own.used > 0) return <InUseDialog own={own} onClose={onClose} />;
  const restores = doing.what === "restore";
  return (
    <ConfirmDialog
      title={t(restores ? "terms.restoreTitle" : "terms.deleteTitle", { label })}
      text={restores ? t("terms.restoreText") : `${tn("terms.used", own.used)} ${t("terms.deleteText")}`}
      act={t(restores ? "terms.restore" : "terms.delete")}
      send={() => send({ kind: restores ? "restore" : "delete", term: own.term.id })}
      onDone={(next) => onDone(next, t("terms.saved"))}
      onClose={onClose}
    />
  );
}
