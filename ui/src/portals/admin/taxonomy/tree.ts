import type { OfficialValue, OwnTerm, TaxonomyList, TaxonomyView } from "../../../api/taxonomy";

/** Every official value of a list, headings before their values. */
export function valuesOf(list: TaxonomyList): OfficialValue[] {
  return list.values.flatMap((value) => [value, ...value.values]);
}

/** Every own term. */
export function termsOf(view: TaxonomyView): OwnTerm[] {
  return view.lists.flatMap(valuesOf).flatMap((value) => value.terms);
}

/** Whether a record has ever used a term. */
export function anyUsed(view: TaxonomyView): boolean {
  return termsOf(view).some(({ used }) => used > 0);
}

/** The place of an official value as one text, for a list to choose from. */
export function placeOf({ list, value }: { list: string; value: string }): string {
  return `${list}.${value}`;
}

/** Official values to choose from, by list. */
export function places(view: TaxonomyView) {
  return view.lists.map((list) => ({
    group: list.list,
    items: list.values.flatMap((heading) => [
      { value: placeOf(heading), label: heading.label },
      ...heading.values.map((value) => ({ value: placeOf(value), label: `${heading.label} › ${value.label}` })),
    ]),
  }));
}

/** The list and the official value of a place. */
export function placeParts(place: string): { list: string; below: string } {
  const at = place.indexOf(".");
  return { list: place.slice(0, at), below: place.slice(at + 1) };
}
