import { useQueryClient, type Query, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

interface Change {
  kind: "incident" | "filing" | "notice" | "organisation" | "everything";
  incident?: string;
  filing?: string;
}

/** How often lists are asked for again while the node tells what happens, and while it does not. */
const TOLD = 60_000;
const UNTOLD = 5_000;
/** Several changes at once are one look. */
const GATHER = 300;
/** When the node does not take the line, it is asked again after this. */
const AGAIN = 30_000;

let told = false;

/** How long to wait before a list that others change is asked for again: a fall-back while the line stands. */
export const poll = (): number => (told ? TOLD : UNTOLD);

/** Whether `change` may show in the answer of `query`. What somebody is about to confirm stays as it is. */
function concerns({ queryKey: [head, id, part] }: Query, change: Change): boolean {
  if (head === "me") return change.kind === "organisation" || change.kind === "everything";
  if (head === "regimes" || head === "wizard" || part === "preview" || part === "form") return false;
  if (head === "incident" && change.kind !== "everything") return id === change.incident;
  return true;
}

/** Listens until told to stop; while nobody sees the page, nobody listens. */
function listen(client: QueryClient): () => void {
  let line: EventSource | undefined;
  let timer: number | undefined;
  let again: number | undefined;
  let changes: Change[] = [];

  const look = () => {
    timer = undefined;
    const seen = changes;
    changes = [];
    void client.invalidateQueries({ predicate: (query) => seen.some((change) => concerns(query, change)) });
  };
  const note = (change: Change) => {
    changes.push(change);
    timer ??= window.setTimeout(look, GATHER);
  };
  const close = () => {
    window.clearTimeout(again);
    line?.close();
    line = undefined;
    told = false;
  };
  const open = () => {
    close();
    if (document.hidden) return;
    const opened = new EventSource("/events");
    line = opened;
    opened.addEventListener("open", () => {
      told = true;
      // What happened while nobody listened was not told.
      note({ kind: "everything" });
    });
    opened.addEventListener("error", () => {
      if (line !== opened) return;
      // From now on the pages ask by themselves: the first time at once.
      if (told) note({ kind: "everything" });
      told = false;
      if (opened.readyState === EventSource.CLOSED) again = window.setTimeout(open, AGAIN);
    });
    opened.addEventListener("change", ({ data }: MessageEvent<string>) => note(JSON.parse(data) as Change));
  };

  open();
  document.addEventListener("visibilitychange", open);
  return () => {
    document.removeEventListener("visibilitychange", open);
    window.clearTimeout(timer);
    close();
  };
}

/** Lets every page look again when something that it shows has changed. */
export function useLive(signedIn: boolean): void {
  const client = useQueryClient();
  useEffect(() => (signedIn ? listen(client) : undefined), [client, signedIn]);
}
