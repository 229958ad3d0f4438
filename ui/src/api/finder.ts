import { answerOf, api } from "./client";
import { noteServerNow } from "./clock";
import type { components } from "./schema";
import type { FieldView, Value } from "./types";

type Schemas = components["schemas"];
export type FoundDuties = Schemas["FoundDuties"];
export type FoundLaw = Schemas["FoundLaw"];
export type FoundDuty = Schemas["FoundDuty"];
export type DutyChange = Schemas["DutyChange"];

/** One question with its answer; `null` is "I don't know". */
export interface Told {
  field: FieldView;
  value: Value | null;
}

/** What one has told the finder; it stands in this tab and nowhere else. */
export interface Telling {
  told: Told[];
  simulate: string[];
}

const KEPT = "beffroi.finder";
const TO_REPORT = "beffroi.finder.report";

/** What was told in this tab before. */
export function keptTelling(): Telling {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? "");
    if (typeof kept === "object" && kept !== null && "told" in kept && "simulate" in kept) return kept as Telling;
  } catch {
    // Nothing was kept, or not by us.
  }
  return { told: [], simulate: [] };
}

/** Keeps it for this tab. */
export function keepTelling(telling: Telling): void {
  sessionStorage.setItem(KEPT, JSON.stringify(telling));
}

const ofIncident = ({ field, value }: Told) => value !== null && field.field !== "country" && !field.field.startsWith("entity.");

/** Puts the answers about the incident where a new report takes them from. */
export function handToReport(told: Told[]): void {
  const answers = told.filter(ofIncident).map(({ field, value }) => [field.field, value]);
  sessionStorage.setItem(TO_REPORT, JSON.stringify(Object.fromEntries(answers)));
}

/** The answers for a new report, once. */
export function takeForReport(): Record<string, Value> {
  const kept = sessionStorage.getItem(TO_REPORT);
  sessionStorage.removeItem(TO_REPORT);
  return kept ? (JSON.parse(kept) as Record<string, Value>) : {};
}

/** Asks the finder; `whatIf` are other answers whose effect is wanted. */
export async function findDuties({ told, simulate }: Telling, zone: string, whatIf: Record<string, Value> = {}): Promise<FoundDuties> {
  const entity: Record<string, Value> = {};
  const facts: Record<string, Value> = {};
  let country: string | undefined;
  for (const { field, value } of told) {
    if (field.field === "country") country = value as string;
    else if (field.field.startsWith("entity.")) entity[field.field] = value;
    else facts[field.field] = value;
  }
  const body = { country, zone, entity, facts, simulate, what_if: whatIf };
  const found = await answerOf(api.POST("/api/v1/duty-finder", { body: body as Schemas["FindDuties"] }));
  noteServerNow(found.now);
  return found;
}
