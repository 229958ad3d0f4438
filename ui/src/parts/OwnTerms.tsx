import { MultiSelect, Select, Text } from "@mantine/core";

import type { Answer, AnswerIn, ChosenTerm, FieldView, Value } from "../api/types";
import { t } from "../text";
import { wordsOf } from "./termWords";

interface OwnTermsProps {
  field: FieldView;
  held: Answer | undefined;
  pending: AnswerIn | null | undefined;
  value: Value | undefined;
  disabled: boolean;
  onTerms: (terms: string[]) => void;
}

interface Offer {
  value: string;
  label: string;
  help: string;
}

/** The organisation's own terms below the value that was chosen: offered ones, and those that the answer has. */
export function OwnTerms({ field, held, pending, value, disabled, onTerms }: OwnTermsProps) {
  const values = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
  const kept = (held?.terms ?? []).filter((term) => values.includes(term.below));
  const offers = [...offered(field, values), ...noLonger(field, kept)];
  if (offers.length === 0) return null;
  const chosen = pending?.terms ?? kept.map(({ term }) => term);
  const help = offers.find((offer) => offer.value === chosen[0])?.help;
  const shared = {
    id: `field-${field.field}-terms`,
    label: t("terms.choose"),
    data: offers.map(({ value: id, label }) => ({ value: id, label })),
    placeholder: chosen.length === 0 ? t("terms.none") : undefined,
    searchable: true,
    clearable: true,
    clearButtonProps: { "aria-label": t("field.clear") },
    nothingFoundMessage: t("field.nothingFound"),
    disabled,
    mt: 8,
  };
  return (
    <>
      {field.kind === "choice" ? (
        <Select {...shared} value={chosen[0] ?? null} onChange={(next) => onTerms(next ? [next] : [])} />
      ) : (
        <MultiSelect {...shared} value={chosen} onChange={onTerms} hidePickedOptions />
      )}
      {help && field.kind === "choice" && (
        <Text size="sm" c="dimmed" mt={4}>
          {help}
        </Text>
      )}
    </>
  );
}

function offered(field: FieldView, values: string[]): Offer[] {
  const below = field.choices.filter(({ id }) => values.includes(id));
  return below.flatMap(({ terms }) =>
    (terms ?? []).map(({ term, label, help }) => ({ value: term, label: wordsOf(label), help: wordsOf(help) })),
  );
}

/** Terms of the answer that are retired or stand elsewhere by now: they stay until somebody takes them away. */
function noLonger(field: FieldView, kept: ChosenTerm[]): Offer[] {
  const known = new Set(field.choices.flatMap(({ terms }) => (terms ?? []).map(({ term }) => term)));
  return kept
    .filter(({ term }) => !known.has(term))
    .map(({ term, label }) => ({ value: term, label: t("terms.retired", { label: wordsOf(label) }), help: "" }));
}
