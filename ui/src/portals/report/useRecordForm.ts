import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";

import { me } from "../../api/queries";
import type { RecordDraft } from "../../api/record";
import type { Answer } from "../../api/types";
import type { Unsaved } from "../../api/unsaved";
import type { Answering } from "../../parts/FormContext";

/** Whether one may change records at all; the server has the last word. */
export function useMayReport(): boolean {
  return useSuspenseQuery(me).data.functions.includes("reporter");
}

/** What is not saved of a record. */
export function useUnsaved(draft: RecordDraft): Unsaved {
  return useSyncExternalStore(draft.subscribe, draft.unsaved);
}

/** Ties a form to the answers that the record holds and to those on their way. */
export function useRecordAnswers(draft: RecordDraft, held: Record<string, Answer> | undefined): Answering {
  const unsaved = useUnsaved(draft);
  const readOnly = !useMayReport();
  return useMemo(
    () => ({
      held: (field) => held?.[field],
      pending: (field) => {
        const pending = unsaved.pending.get(field);
        return pending === undefined ? undefined : pending.answer;
      },
      refused: (field) => unsaved.refused.get(field) ?? [],
      give: (field, answer) => draft.answer(field, answer),
      explain: (field, reason) => draft.explain(field, reason),
      readOnly,
    }),
    [draft, held, unsaved, readOnly],
  );
}
