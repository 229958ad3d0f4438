import type { FilingState, InboxQuery, IncidentState } from "../api/types";

type Raw = Record<string, unknown>;

const text = (raw: unknown) => (typeof raw === "string" && raw !== "" ? raw : undefined);

function oneOf<const T extends string>(raw: unknown, values: readonly T[]): T | undefined {
  return values.find((value) => value === raw);
}

export const TABS = ["facts", "duties", "messages", "links", "preservation", "history"] as const;
export type Tab = (typeof TABS)[number];
export const INCIDENT_STATES: readonly IncidentState[] = ["open", "late", "done"];
const STATES: readonly FilingState[] = ["filed", "acknowledged", "answered"];

/** The record that the wizard goes on with, the step shown, and where its first answers come from. */
export const wizardSearch = (raw: Raw): { incident?: string; step?: string; from?: "duties" } => ({
  from: oneOf(raw.from, ["duties"]),
  incident: text(raw.incident),
  step: text(raw.step),
});

export const incidentSearch = (raw: Raw): { tab?: Tab; duty?: string; field?: string } => ({
  tab: oneOf(raw.tab, TABS),
  duty: text(raw.duty),
  field: text(raw.field),
});

/** Which incidents of the list. */
export const incidentsSearch = (raw: Raw): { state?: IncidentState } => ({
  state: oneOf(raw.state, INCIDENT_STATES),
});

export const filingStep = (raw: Raw): { step?: "preview" } => ({ step: oneOf(raw.step, ["preview"]) });

/** Whose copy it is. */
export const copySearch = (raw: Raw): { recipient?: string } => ({ recipient: text(raw.recipient) });

/** The filters of the inbox: they live in the address. */
export const inboxSearch = (raw: Raw): Omit<InboxQuery, "limit"> => ({
  state: oneOf(raw.state, STATES),
  pack: text(raw.pack),
  stage: text(raw.stage),
  sector: text(raw.sector),
  cross_border: typeof raw.cross_border === "boolean" ? raw.cross_border : undefined,
  after: text(raw.after),
});

const PERIOD = /^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/;
// A year in the address is read as a number.
const period = (raw: unknown) => (PERIOD.test(String(raw)) ? String(raw) : undefined);

/** The period of statistics, and of which law. */
export const statisticsSearch = (raw: Raw): { from?: string; until?: string; pack?: string } => ({
  from: period(raw.from),
  until: period(raw.until),
  pack: text(raw.pack),
});

/** The incident whose own approval chain is kept. */
export const chainSearch = (raw: Raw): { incident?: string } => ({ incident: text(raw.incident) });

export const caseSearch = (raw: Raw): { act?: "respond" | "request" } => ({
  act: oneOf(raw.act, ["respond", "request"]),
});
