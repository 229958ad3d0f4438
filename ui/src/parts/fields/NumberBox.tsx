import { NumberInput } from "@mantine/core";
import { useState } from "react";

import { t } from "../../text";

/** What cannot be part of a number, in any way of writing one. */
const NO_NUMBER = /[^\d\s.,'+-]/;

interface NumberBoxProps {
  id: string;
  label: string;
  /** The question, for what is wrong with its answer. */
  question: string;
  /** Whether the label stands above the box; else only assistive technology reads it. */
  showLabel?: boolean;
  value: number | undefined;
  whole: boolean;
  unit?: string | null;
  width?: number;
  invalid: boolean;
  disabled: boolean;
  onChange: (value: number | undefined) => void;
}

/** A box for one number, grouped by thousands, with its unit. */
export function NumberBox({
  id, label, question, showLabel, value, whole, unit, width = 190, invalid, disabled, onChange,
}: NumberBoxProps) {
  // The box takes no letters: whoever types some must be told why nothing appears.
  const [letters, setLetters] = useState(false);
  return (
    <NumberInput
      id={id}
      label={showLabel ? label : undefined}
      aria-label={showLabel ? undefined : label}
      value={value ?? ""}
      onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
      allowDecimal={!whole}
      thousandSeparator=" "
      suffix={unit ? ` ${unit}` : undefined}
      hideControls
      inputMode={whole ? "numeric" : "decimal"}
      w={width}
      onKeyDown={({ key, ctrlKey, metaKey }) => setLetters(key.length === 1 && !ctrlKey && !metaKey && NO_NUMBER.test(key))}
      onPaste={({ clipboardData }) => setLetters(NO_NUMBER.test(clipboardData.getData("text")))}
      onBlur={() => setLetters(false)}
      error={letters ? <span role="alert">{t("field.digits", { label: question })}</span> : invalid}
      disabled={disabled}
    />
  );
}
