import { queryOptions } from "@tanstack/react-query";

import { answerOf, api } from "./client";
import type { components } from "./schema";
import type { IncidentView } from "./types";

type Schemas = components["schemas"];
export type Migration = Schemas["Migration"];
export type CaseChange = Schemas["CaseChange"];

/** The corrections of its rules that a case may go over to. */
export const migrations = (incident: string, revision: number) =>
  queryOptions({
    queryKey: ["incident", incident, "migrations", revision],
    queryFn: () =>
      answerOf(api.GET("/api/reporting/v1/incidents/{id}/migrations", { params: { path: { id: incident } } })),
  });

export const migrateIncident = (id: string, pack: string, body: Schemas["MigrateIncident"]): Promise<IncidentView> =>
  answerOf(api.POST("/api/reporting/v1/incidents/{id}/migrations/{pack}", { params: { path: { id, pack } }, body }));
