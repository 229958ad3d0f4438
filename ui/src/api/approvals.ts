import { queryOptions } from "@tanstack/react-query";

import { answerOf, api } from "./client";
import { poll } from "./live";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type ApprovalChain = Schemas["ApprovalChain"];
export type ApprovalChainView = Schemas["ApprovalChainView"];
export type ApprovalEntry = Schemas["ApprovalEntryView"];
export type ApprovalStep = Schemas["ApprovalStep"];
export type ApprovalStepView = Schemas["ApprovalStepView"];
export type ApprovalSummary = Schemas["ApprovalSummary"];
export type ApprovalState = Schemas["ApprovalState"];
export type ApprovalVerdict = Schemas["ApprovalVerdict"];
export type ApprovalView = Schemas["ApprovalView"];
export type IncidentApprovals = Schemas["IncidentApprovals"];
export type OverrideStage = Schemas["OverrideStage"];
export type OverrideView = Schemas["OverrideView"];
export type Who = Schemas["Who"];

const path = (id: string) => ({ params: { path: { id } } });
/** One key for one act, however often it is tried. */
const once = (id: string, key: string) => ({ params: { path: { id }, header: { "Idempotency-Key": key } } });

export const approvals = queryOptions({
  queryKey: ["approvals"],
  queryFn: () => answerOf(api.GET("/api/reporting/v1/approvals")),
  refetchInterval: poll,
});

export const approval = (id: string) =>
  queryOptions({
    queryKey: ["approvals", id],
    queryFn: () => answerOf(api.GET("/api/reporting/v1/approvals/{id}", path(id))),
    refetchInterval: poll,
  });

export const approvalsOf = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "approvals"],
    queryFn: () => answerOf(api.GET("/api/reporting/v1/incidents/{id}/approvals", path(incident))),
    refetchInterval: poll,
  });

/** The chain of an incident, or of the organisation. */
export const approvalChain = (incident: string | undefined) =>
  queryOptions({
    queryKey: ["approvalChain", incident ?? null],
    queryFn: (): Promise<ApprovalChainView> =>
      incident
        ? answerOf(api.GET("/api/reporting/v1/incidents/{id}/approval-chain", path(incident)))
        : answerOf(api.GET("/api/reporting/v1/approval-chain")),
  });

export const keepChain = (incident: string | undefined, chain: ApprovalChain, replaces: string | undefined): Promise<ApprovalChainView> =>
  incident
    ? answerOf(api.PUT("/api/reporting/v1/incidents/{id}/approval-chain", { ...path(incident), body: { chain, replaces } }))
    : answerOf(api.PUT("/api/reporting/v1/approval-chain", { body: { chain, replaces } }));

export const removeChain = (incident: string | undefined): Promise<ApprovalChainView> =>
  incident
    ? answerOf(api.DELETE("/api/reporting/v1/incidents/{id}/approval-chain", path(incident)))
    : answerOf(api.DELETE("/api/reporting/v1/approval-chain"));

export const decide = (id: string, verdict: ApprovalVerdict, remark: string, key: string) =>
  answerOf(
    api.POST("/api/reporting/v1/approvals/{id}/decide", { ...once(id, key), body: { verdict, remark: remark || null } }),
  );

export const remark = (id: string, text: string, key: string) =>
  answerOf(api.POST("/api/reporting/v1/approvals/{id}/remark", { ...once(id, key), body: { text } }));

export const takeBack = (id: string) => answerOf(api.POST("/api/reporting/v1/approvals/{id}/withdraw", path(id)));

const stage = (id: string, duty: string, key: string) => ({
  params: { path: { id, duty }, header: { "Idempotency-Key": key } },
});

export const ask = (
  id: string,
  duty: string,
  body: { base_revision: number; late_reason: string | null; note: string | null },
  key: string,
) => answerOf(api.POST("/api/reporting/v1/incidents/{id}/duties/{duty}/approval", { ...stage(id, duty, key), body }));

export const fileWithout = (id: string, duty: string, body: OverrideStage, key: string) =>
  answerOf(api.POST("/api/reporting/v1/incidents/{id}/duties/{duty}/override", { ...stage(id, duty, key), body }));
