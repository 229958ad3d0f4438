import { queryOptions } from "@tanstack/react-query";

import { answerOf, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type ReadinessContact = Schemas["ReadinessContact"];
export type ReadinessCounts = Schemas["ReadinessCounts"];
export type ReadinessPoint = Schemas["ReadinessPoint"];
export type ReadinessState = Schemas["ReadinessState"];
export type ReadinessView = Schemas["ReadinessView"];
export type SaveReadinessPoint = Schemas["SaveReadinessPoint"];

export const readiness = queryOptions({
  queryKey: ["readiness"],
  queryFn: () => answerOf(api.GET("/api/reporting/v1/readiness")),
});

export const readinessHistory = queryOptions({
  queryKey: ["readiness", "history"],
  queryFn: () => answerOf(api.GET("/api/reporting/v1/readiness/history")),
});

export const savePoint = (item: string, body: SaveReadinessPoint) =>
  answerOf(api.PUT("/api/reporting/v1/readiness/{item}", { params: { path: { item } }, body }));
