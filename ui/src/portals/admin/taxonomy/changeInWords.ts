import type { TermChange } from "../../../api/taxonomy";
import { wordsOf } from "../../../parts/termWords";
import { t } from "../../../text";

/** What a version changed, in words. */
export function changeInWords(change: TermChange): string {
  switch (change.kind) {
    case "described":
      return change.before.published === change.after.published
        ? t("terms.change.described")
        : t(change.after.published ? "terms.change.published" : "terms.change.withdrawn");
    case "added":
      return t("terms.change.added", { label: wordsOf(change.after.label), below: change.after.below });
    case "deleted":
      return t("terms.change.deleted", { label: wordsOf(change.before.label) });
    case "changed":
      return ofTerm(change);
  }
}

function ofTerm({ before, after }: Extract<TermChange, { kind: "changed" }>): string {
  const label = wordsOf(after.label);
  if (!before.retired && after.retired) return t("terms.change.retired", { label });
  if (before.retired && !after.retired) return t("terms.change.restored", { label });
  if (before.below !== after.below || before.list !== after.list)
    return t("terms.change.moved", { label, before: before.below, after: after.below });
  if (wordsOf(before.label) !== label) return t("terms.change.renamed", { before: wordsOf(before.label), after: label });
  return t("terms.change.changed", { label });
}
