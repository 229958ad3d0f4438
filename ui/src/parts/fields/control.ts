import type { FieldView, Value } from "../../api/types";

/** What every control gets; `undefined` is "no answer". */
export interface ControlProps {
  field: FieldView;
  id: string;
  value: Value | undefined;
  invalid: boolean;
  disabled: boolean;
  onChange: (value: Value | undefined) => void;
}

/** What ties a control to its label, its help and what is wrong with it. */
export function described(id: string, invalid: boolean) {
  return { "aria-describedby": invalid ? `${id}-help ${id}-problem` : `${id}-help`, "aria-invalid": invalid || undefined };
}

/** A number or a range of numbers. */
export type Amount = number | { min: number; max: number };

/** Reads a number or a range from an answer. */
export function amountOf(value: Value | undefined): Amount | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const { min, max } = value as { min?: unknown; max?: unknown };
  return typeof min === "number" && typeof max === "number" ? { min, max } : undefined;
}
