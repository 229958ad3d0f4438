import { queryOptions } from "@tanstack/react-query";

import { answerOf, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
/** Words by language. */
export type TermWords = Record<string, string>;
export type Term = Omit<Schemas["Term"], "label" | "help"> & { label: TermWords; help?: TermWords };
export type TermMatch = Schemas["TermMatch"];
export type MatchKind = Schemas["MatchKind"];
export type OwnTerm = Omit<Schemas["OwnTerm"], "term"> & { term: Term };
export type OfficialValue = Omit<Schemas["OfficialValue"], "terms" | "values"> & { terms: OwnTerm[]; values: OfficialValue[] };
export type TaxonomyList = Omit<Schemas["TaxonomyList"], "values"> & { values: OfficialValue[] };
export type TaxonomyView = Omit<Schemas["TaxonomyView"], "lists"> & { lists: TaxonomyList[] };
export type TaxonomyHead = Schemas["TaxonomyHead"];
export type TaxonomyVersion = Schemas["TaxonomyVersion"];
export type TermChange = Schemas["TermChange"];
export type ImportedTaxonomy = Schemas["ImportedTaxonomy"];

/** One thing to change; the description leaves words by language open. */
export type Edit =
  | { kind: "describe"; head: TaxonomyHead }
  | { kind: "add"; list: string; below: string; slug: string; label: TermWords; help: TermWords; matches: TermMatch[] }
  | { kind: "change"; term: string; list: string; below: string; label: TermWords; help: TermWords; matches: TermMatch[] }
  | { kind: "retire"; term: string; replaced_by?: string }
  | { kind: "restore"; term: string }
  | { kind: "delete"; term: string };

const own = { params: { path: { organisation: "own" } } };

export const taxonomy = queryOptions({
  queryKey: ["admin", "taxonomy"],
  queryFn: async () => (await answerOf(api.GET("/api/v1/taxonomy/{organisation}", own))) as TaxonomyView,
});

export const taxonomyVersions = queryOptions({
  queryKey: ["admin", "taxonomy", "versions"],
  queryFn: () => answerOf(api.GET("/api/v1/taxonomy/{organisation}/versions", own)),
});

export const changeTaxonomy = async (base_version: number, changes: Edit[]) =>
  (await answerOf(
    api.POST("/api/v1/taxonomy/{organisation}/changes", {
      ...own,
      body: { base_version, changes: changes as Schemas["TaxonomyEdit"][] },
    }),
  )) as TaxonomyView;

export const importTaxonomy = (body: Schemas["ImportTaxonomy"]) =>
  answerOf(api.POST("/api/v1/taxonomy/{organisation}/import", { ...own, body }));

/** Where a file of the own terms, or of an official list, is. */
export const taxonomyFile = (file: string) => `/api/v1/taxonomy/own/${file}`;
export const listFile = (list: string, file: string) => `/api/v1/vocabularies/${list}/${file}`;
