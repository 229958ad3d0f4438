import type { ChosenTerm, FieldView } from "../api/types";
import { language } from "../text";

/** Words by language, in that of the pages, else in English, else in the first there is. */
export function wordsOf(words: unknown): string {
  const known = (words ?? {}) as Record<string, string>;
  return known[language()] ?? known.en ?? Object.values(known)[0] ?? "";
}

/** The own terms of an answer by name: as they were chosen, or as the form offers them. */
export function termsInWords(answer: { terms?: (string | ChosenTerm)[] | null }, field: FieldView | undefined): string[] {
  const offered = field?.choices.flatMap((choice) => choice.terms ?? []) ?? [];
  return (answer.terms ?? []).map((term) =>
    typeof term === "string" ? wordsOf(offered.find((one) => one.term === term)?.label) : wordsOf(term.label),
  );
}
