import { Group, Switch } from "@mantine/core";
import { useState, type ReactNode } from "react";

import { t } from "../../text";
import type { Amount } from "./control";

export interface OneNumber {
  id: string;
  label: string;
  /** The question that the number answers, alone or as one end of a range. */
  question: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}

interface RangedProps {
  id: string;
  label: string;
  value: Amount | undefined;
  disabled: boolean;
  onChange: (value: Amount | undefined) => void;
  /** Draws the control of one number. */
  draw: (one: OneNumber) => ReactNode;
}

interface Ends {
  min?: number;
  max?: number;
}

/** One number, or a lowest and a highest when only a range is known. */
export function Ranged({ id, label, value, disabled, onChange, draw }: RangedProps) {
  const [ranged, setRanged] = useState(typeof value === "object");
  const [ends, setEnds] = useState<Ends>(typeof value === "object" ? value : {});
  const isRange = ranged || typeof value === "object";

  function setEnd(change: Ends) {
    const next = { ...(typeof value === "object" ? value : ends), ...change };
    setEnds(next);
    onChange(next.min === undefined || next.max === undefined ? undefined : { min: next.min, max: next.max });
  }

  function toggle(on: boolean) {
    setRanged(on);
    const one = typeof value === "object" ? value.max : value;
    setEnds(on ? { min: one, max: one } : {});
    if (one !== undefined) onChange(on ? { min: one, max: one } : one);
  }

  return (
    <Group align="flex-end" gap="md">
      {isRange ? (
        <>
          {draw({
            id,
            question: label,
            label: t("field.atLeast", { label }),
            value: typeof value === "object" ? value.min : ends.min,
            onChange: (min) => setEnd({ min }),
          })}
          {draw({
            id: `${id}-max`,
            question: label,
            label: t("field.atMost", { label }),
            value: typeof value === "object" ? value.max : ends.max,
            onChange: (max) => setEnd({ max }),
          })}
        </>
      ) : (
        draw({ id, label, question: label, value: typeof value === "number" ? value : undefined, onChange })
      )}
      <Switch
        label={t("field.range")}
        aria-label={t("field.rangeOf", { label })}
        checked={isRange}
        disabled={disabled}
        onChange={(event) => toggle(event.currentTarget.checked)}
        my={6}
      />
    </Group>
  );
}
