import { queryOptions } from "@tanstack/react-query";

import * as calls from "./calls";
import { noteServerNow } from "./clock";
import { poll } from "./live";
import type { InboxQuery } from "./types";

async function noted<T extends { now: string }>(asked: Promise<T>): Promise<T> {
  const answer = await asked;
  noteServerNow(answer.now);
  return answer;
}

export const me = queryOptions({ queryKey: ["me"], queryFn: calls.getMe, staleTime: Infinity });

export const regimes = queryOptions({ queryKey: ["regimes"], queryFn: calls.getRegimes, staleTime: Infinity });

export const duties = queryOptions({
  queryKey: ["duties"],
  queryFn: () => noted(calls.getDuties()),
  refetchInterval: poll,
});

export const wizard = queryOptions({ queryKey: ["wizard"], queryFn: calls.getWizard, staleTime: 60_000 });

export const incident = (id: string) =>
  queryOptions({
    queryKey: ["incident", id],
    queryFn: () => noted(calls.getIncident(id)),
    refetchInterval: poll,
  });

export const history = (id: string) =>
  queryOptions({ queryKey: ["incident", id, "history"], queryFn: () => calls.getHistory(id) });

export const form = (id: string, duty: string, screen: calls.Screen) =>
  queryOptions({
    queryKey: ["incident", id, "form", duty, screen],
    queryFn: () => calls.getForm(id, duty, screen),
    placeholderData: (before) => (before?.duty === duty ? before : undefined),
  });

/** The preview of one revision: whoever confirms it confirms what was seen. */
export const preview = (id: string, duty: string, revision: number) =>
  queryOptions({
    queryKey: ["incident", id, "preview", duty, revision],
    queryFn: () => calls.getPreview(id, duty),
    staleTime: 0,
    gcTime: 0,
  });

export const sentFilings = queryOptions({
  queryKey: ["filings"],
  queryFn: calls.getSentFilings,
  refetchInterval: poll,
});

export const sentFiling = (id: string) =>
  queryOptions({
    queryKey: ["filings", id],
    queryFn: () => noted(calls.getSentFiling(id)),
    refetchInterval: poll,
  });

export const inbox = (query: InboxQuery) =>
  queryOptions({
    queryKey: ["inbox", query],
    queryFn: () => noted(calls.getInbox(query)),
    refetchInterval: poll,
    placeholderData: (before) => before,
  });

export const receivedFiling = (id: string) =>
  queryOptions({
    queryKey: ["received", id],
    queryFn: () => noted(calls.getReceivedFiling(id)),
    refetchInterval: poll,
  });
