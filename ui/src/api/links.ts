import { queryOptions } from "@tanstack/react-query";

import { answerOf, api } from "./client";
import type { AnswerIn } from "./types";

/** What other organisations told ours and it has not answered. */
export const linksWaiting = queryOptions({
  queryKey: ["links"],
  queryFn: () => answerOf(api.GET("/api/reporting/v1/links")),
  refetchInterval: 15_000,
});

/** What was told about an incident, by us and to us. */
export const linksOf = (id: string) =>
  queryOptions({
    queryKey: ["incident", id, "links"],
    queryFn: () => answerOf(api.GET("/api/reporting/v1/incidents/{id}/links", { params: { path: { id } } })),
  });

/** The organisations of this node whose name holds these letters. */
export const others = (name: string) =>
  queryOptions({
    queryKey: ["others", name],
    queryFn: () => answerOf(api.GET("/api/reporting/v1/others", { params: { query: { name } } })),
    enabled: name.trim().length >= 3,
    placeholderData: (before) => before,
  });

export const tellOthers = (id: string, organisations: string[], note: string, key: string) =>
  answerOf(
    api.POST("/api/reporting/v1/incidents/{id}/links", {
      params: { path: { id }, header: { "Idempotency-Key": key } },
      body: { organisations, note },
    }),
  );

const path = (id: string) => ({ params: { path: { id } } });

export const acceptLink = (id: string, body: { incident?: string; open?: { answers: Record<string, AnswerIn> } }) =>
  answerOf(api.POST("/api/reporting/v1/links/{id}/accept", { ...path(id), body }));

export const declineLink = (id: string, reason: string) =>
  answerOf(api.POST("/api/reporting/v1/links/{id}/decline", { ...path(id), body: { reason } }));

export const endLink = (id: string, reason: string) =>
  answerOf(api.POST("/api/reporting/v1/links/{id}/end", { ...path(id), body: { reason } }));
