import type { ChosenTerm, FieldView, Value } from "../api/types";
import { language, t } from "../text";
import { amountOf, type Amount } from "./fields/control";
import { termsInWords } from "./termWords";
import { instantInWords, lengthInWords, zoneName } from "./time";

type Given = { value?: Value; terms?: (string | ChosenTerm)[] | null } | null | undefined;

/** An answer in words, with what is known of its question. */
export function answerInWords(answer: Given, field: FieldView | undefined, zone: string): string {
  if (!answer) return t("answer.none");
  const { value } = answer;
  if (value === undefined || value === null) return t("answer.unknown");
  const words = valueInWords(value, field, zone);
  const terms = termsInWords(answer, field);
  return terms.length > 0 ? t("answer.withTerms", { text: words, terms: terms.join(", ") }) : words;
}

function valueInWords(value: Value, field: FieldView | undefined, zone: string): string {
  if (typeof value === "boolean") return t(value ? "field.yes" : "field.no");
  if (typeof value === "string") return textInWords(value, field, zone);
  if (Array.isArray(value))
    return value.map((one) => valueInWords(one, field, zone)).join(field?.kind === "records" ? "; " : ", ");
  const { currency, amount } = (typeof value === "object" ? value : {}) as { currency?: string; amount?: number };
  const range = amount ?? amountOf(value);
  if (range === undefined)
    return Object.entries(value as Record<string, Value>)
      .map(([name, one]) => valueInWords(one, field?.columns.find((column) => column.field === name), zone))
      .join(", ");
  return [amountInWords(range, field), currency ?? field?.unit].filter(Boolean).join(" ");
}

function textInWords(value: string, field: FieldView | undefined, zone: string): string {
  if (/^\d{4}-\d\d-\d\dT.*Z$/.test(value))
    return t("time.inZone", { instant: instantInWords(value, zone), zone: zoneName(zone) });
  return field?.choices.find(({ id }) => id === value)?.label ?? value;
}

function amountInWords(amount: Amount, field: FieldView | undefined): string {
  const words = (one: number) =>
    field?.kind === "duration" ? lengthInWords(one * 1000) : one.toLocaleString(language());
  return typeof amount === "number"
    ? words(amount)
    : t("answer.range", { min: words(amount.min), max: words(amount.max) });
}
