import type { QueryClient } from "@tanstack/react-query";

import { RecordDraft } from "./record";
import type { IncidentView } from "./types";

/** The drafts of this tab: a page that one leaves goes on saving. */
const drafts = new Map<string, RecordDraft>();
/** Those whose record opens with their first answer: they have no name yet. */
const opening = new Set<RecordDraft>();

function saved(client: QueryClient, view: IncidentView): void {
  client.setQueryData(["incident", view.id], view);
  void client.invalidateQueries({ queryKey: ["incident", view.id, "form"] });
  void client.invalidateQueries({ queryKey: ["incident", view.id, "history"] });
  void client.invalidateQueries({ queryKey: ["duties"] });
}

/** The draft of a known record. */
export function draftOf(client: QueryClient, id: string, revision: number): RecordDraft {
  const known = drafts.get(id);
  if (known) return known;
  const draft = new RecordDraft(id, revision, (view) => saved(client, view));
  drafts.set(id, draft);
  return draft;
}

/** The draft of a record that opens with its first answer. */
export function newDraft(client: QueryClient, opened: (id: string) => void): RecordDraft {
  const draft = new RecordDraft(undefined, 0, (view) => {
    const first = !drafts.has(view.id);
    drafts.set(view.id, draft);
    opening.delete(draft);
    saved(client, view);
    if (first) opened(view.id);
  });
  opening.add(draft);
  return draft;
}

function unsaved(): RecordDraft[] {
  return [...drafts.values(), ...opening].filter((draft) => draft.unsaved().pending.size > 0);
}

/** Whether anything in this tab is not saved yet. */
export function anythingUnsaved(): boolean {
  return unsaved().length > 0;
}

/** Saves what is not saved yet at once, also what was refused for want of a session. */
export function saveNow(): void {
  for (const draft of unsaved()) void draft.flush();
}
