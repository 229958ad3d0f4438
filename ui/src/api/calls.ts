import { language } from "../text";
import { answerOf, api } from "./client";
import type { AnswerIn, FileStage, InboxQuery, IncidentState, IncidentView, MarkIncident, Marking, SaveAnswers } from "./types";

export type Screen = "first" | "full";

/** One key for one act, however often it is tried. */
const once = (key: string) => ({ "Idempotency-Key": key });

export const getMe = () => answerOf(api.GET("/api/v1/me"));
export const getRegimes = () => answerOf(api.GET("/api/v1/regimes"));

export const getDuties = () => answerOf(api.GET("/api/reporting/v1/duties"));
export const getWizard = () => answerOf(api.GET("/api/reporting/v1/wizard"));
export const getIncidents = (state?: IncidentState, after?: string) =>
  answerOf(api.GET("/api/reporting/v1/incidents", { params: { query: { state, after } } }));
export const getIncident = (id: string): Promise<IncidentView> =>
  answerOf(api.GET("/api/reporting/v1/incidents/{id}", { params: { path: { id } } }));
export const getHistory = (id: string) =>
  answerOf(api.GET("/api/reporting/v1/incidents/{id}/history", { params: { path: { id } } }));
export const getForm = (id: string, duty: string, screen: Screen) =>
  answerOf(
    api.GET("/api/reporting/v1/incidents/{id}/duties/{duty}/form", {
      params: { path: { id, duty }, query: { screen, language: language() } },
    }),
  );
export const getPreview = (id: string, duty: string) =>
  answerOf(
    api.GET("/api/reporting/v1/incidents/{id}/duties/{duty}/preview", { params: { path: { id, duty } } }),
  );
export const getSentFilings = () => answerOf(api.GET("/api/reporting/v1/filings"));
export const getSentFiling = (id: string) =>
  answerOf(api.GET("/api/reporting/v1/filings/{id}", { params: { path: { id } } }));

export const openIncident = (
  body: { answers: Record<string, AnswerIn>; reasons: Record<string, string> },
  key: string,
): Promise<IncidentView> =>
  answerOf(api.POST("/api/reporting/v1/incidents", { body, params: { header: once(key) } }));

export const saveAnswers = (
  id: string,
  body: SaveAnswers,
): Promise<IncidentView> => answerOf(api.PATCH("/api/reporting/v1/incidents/{id}/answers", { params: { path: { id } }, body }));

export const markIncident = (id: string, body: MarkIncident): Promise<IncidentView> =>
  answerOf(api.PATCH("/api/reporting/v1/incidents/{id}/marks", { params: { path: { id } }, body }));

export const fileStage = (id: string, duty: string, body: FileStage, key: string) =>
  answerOf(
    api.POST("/api/reporting/v1/incidents/{id}/duties/{duty}/file", {
      params: { path: { id, duty }, header: once(key) },
      body,
    }),
  );

export const getInbox = (query: InboxQuery) => answerOf(api.GET("/api/authority/v1/inbox", { params: { query } }));
export const getReceivedFiling = (id: string) =>
  answerOf(api.GET("/api/authority/v1/filings/{id}", { params: { path: { id } } }));
export const acknowledge = (id: string) =>
  answerOf(api.POST("/api/authority/v1/filings/{id}/acknowledge", { params: { path: { id } } }));
export const respond = (id: string, text: string, marking: Marking, key: string) =>
  answerOf(
    api.POST("/api/authority/v1/filings/{id}/respond", {
      params: { path: { id }, header: once(key) },
      body: { text, marking },
    }),
  );
export const requestStage = (id: string, body: { duty: string; due_at?: string; text: string }, key: string) =>
  answerOf(
    api.POST("/api/authority/v1/filings/{id}/request", { params: { path: { id }, header: once(key) }, body }),
  );
