import { queryOptions } from "@tanstack/react-query";

import { answerOf, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type HoldView = Schemas["HoldView"];
export type PlaceHold = Schemas["PlaceHold"];
export type Preservation = Schemas["Preservation"];

const path = (id: string) => ({ params: { path: { id } } });
const ofHold = (id: string, hold: string) => ({ params: { path: { id, hold } } });

export const preservation = (id: string) =>
  queryOptions({
    queryKey: ["incident", id, "preservation"],
    queryFn: () => answerOf(api.GET("/api/reporting/v1/incidents/{id}/preservation", path(id))),
  });

export const placeHold = (id: string, body: PlaceHold) =>
  answerOf(api.POST("/api/reporting/v1/incidents/{id}/holds", { ...path(id), body }));

export const extendHold = (id: string, hold: string, ends_at: string | null, reason: string) =>
  answerOf(api.POST("/api/reporting/v1/incidents/{id}/holds/{hold}/extend", { ...ofHold(id, hold), body: { ends_at, reason } }));

export const liftHold = (id: string, hold: string, reason: string) =>
  answerOf(api.POST("/api/reporting/v1/incidents/{id}/holds/{hold}/lift", { ...ofHold(id, hold), body: { reason } }));

export const eraseIncident = (id: string, reason: string) =>
  answerOf(api.POST("/api/reporting/v1/incidents/{id}/erase", { ...path(id), body: { reason } }));
