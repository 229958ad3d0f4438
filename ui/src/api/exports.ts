import { queryOptions } from "@tanstack/react-query";

import { answerOf, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type ExportFormat = Schemas["ExportFormat"];
export type ImportedIncident = Schemas["ImportedIncident"];

/** One field of a portal. */
export interface SheetRow {
  number: string;
  label: string;
  field: string;
  text: string;
  length: number;
  limit: number | null;
  too_long: boolean;
  required: boolean;
}

/** The fields of a portal in its order. */
export interface Sheet {
  sheet: string;
  name: string;
  version: string;
  rows: SheetRow[];
}

/** What is brought into other formats: a filing, or a stage as one recipient would get it now. */
export type Exported = { filing: string } | { incident: string; duty: string; recipient?: string };

/** The address of a file. */
export function fileOf(of: Exported, format: string): string {
  const base = "filing" in of ? `/api/v1/filings/${of.filing}` : `/api/reporting/v1/incidents/${of.incident}/duties/${of.duty}`;
  const whose = "recipient" in of && of.recipient ? `?recipient=${of.recipient}` : "";
  return `${base}/exports/${format}${whose}`;
}

export const exportsOf = (of: Exported) =>
  queryOptions({
    queryKey: ["exports", of],
    queryFn: () =>
      "filing" in of
        ? answerOf(api.GET("/api/v1/filings/{id}/exports", { params: { path: { id: of.filing } } }))
        : answerOf(
            api.GET("/api/reporting/v1/incidents/{id}/duties/{duty}/exports", {
              params: { path: { id: of.incident, duty: of.duty }, query: { recipient: of.recipient } },
            }),
          ),
    staleTime: 0,
  });

export const sheetOf = (of: Exported, sheet: string) =>
  queryOptions({
    queryKey: ["exports", of, sheet],
    queryFn: async (): Promise<Sheet> => {
      const format = `${sheet}.json`;
      const file =
        "filing" in of
          ? api.GET("/api/v1/filings/{id}/exports/{format}", { params: { path: { id: of.filing, format } }, parseAs: "text" })
          : api.GET("/api/reporting/v1/incidents/{id}/duties/{duty}/exports/{format}", {
              params: { path: { id: of.incident, duty: of.duty, format }, query: { recipient: of.recipient } },
              parseAs: "text",
            });
      return JSON.parse(await answerOf(file)) as Sheet;
    },
    staleTime: 0,
  });

export const importReport = (document: string, key: string): Promise<ImportedIncident> =>
  answerOf(
    api.POST("/api/reporting/v1/incidents/import", { body: { document }, params: { header: { "Idempotency-Key": key } } }),
  );
