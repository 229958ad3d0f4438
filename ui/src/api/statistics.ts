import { queryOptions } from "@tanstack/react-query";

import { answerOf, api } from "./client";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];
export type Statistics = Schemas["Statistics"];
export type DimensionCount = Schemas["DimensionCount"];
export type Length = Schemas["Length"];
export type Share = Schemas["Share"];
export type OwedSummary = Schemas["OwedSummary"];

/** Which period, and of which law. */
export type StatisticsQuery = NonNullable<paths["/api/authority/v1/statistics"]["get"]["parameters"]["query"]>;

export const statistics = (query: StatisticsQuery) =>
  queryOptions({
    queryKey: ["statistics", query],
    queryFn: () => answerOf(api.GET("/api/authority/v1/statistics", { params: { query } })),
    placeholderData: (before: Statistics | undefined) => before,
  });

/** The address of the statistics as a file. */
export function statisticsFile({ from, until, pack }: StatisticsQuery, kind: "csv" | "xlsx" | "pdf"): string {
  const query = new URLSearchParams({ from, ...(until && { until }), ...(pack && { pack }) });
  return `/api/authority/v1/statistics.${kind}?${query}`;
}

/** The address of the table with a row for each incident and law; of a year, a quarter or a month. */
export function annualFile({ from, pack }: StatisticsQuery, kind: "csv" | "xlsx"): string {
  return `/api/authority/v1/annual.${kind}?${new URLSearchParams({ year: from, ...(pack && { pack }) })}`;
}

/** Which summary. */
type SummaryQuery = NonNullable<paths["/api/authority/v1/summary"]["get"]["parameters"]["query"]>;

export const summaries = queryOptions({
  queryKey: ["summaries"],
  queryFn: () => answerOf(api.GET("/api/authority/v1/summaries")),
});

/** The address of a summary as a file. */
export function summaryFile(of: SummaryQuery, kind: "csv" | "xlsx" | "pdf" | "json"): string {
  return `/api/authority/v1/summary${kind === "json" ? "" : `.${kind}`}?${new URLSearchParams(of)}`;
}
