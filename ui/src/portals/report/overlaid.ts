import type { Section } from "../../api/types";

/** The first questions in their order, with what the next duty's form decided about each of them. */
export function overlaid(first: Section[], asked: Section[] | undefined): Section[] {
  const decided = new Map((asked ?? []).flatMap(({ fields }) => fields.map((field) => [field.field, field])));
  return first
    .map((section) => ({ ...section, fields: section.fields.map((field) => decided.get(field.field) ?? field) }))
    .filter(({ fields }) => fields.some((field) => field.visible));
}
