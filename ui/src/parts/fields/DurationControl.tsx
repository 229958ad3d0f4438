import { Group } from "@mantine/core";

import { t } from "../../text";
import { amountOf, type ControlProps } from "./control";
import { NumberBox } from "./NumberBox";
import { Ranged, type OneNumber } from "./Ranged";

const UNITS = [
  { unit: "days", seconds: 86_400 },
  { unit: "hours", seconds: 3_600 },
  { unit: "minutes", seconds: 60 },
] as const;

/** A length of time in days, hours and minutes; kept in whole seconds. */
export function DurationControl({ field, id, value, invalid, disabled, onChange }: ControlProps) {
  return (
    <Ranged
      id={id}
      label={field.label}
      value={amountOf(value)}
      disabled={disabled}
      onChange={onChange}
      draw={(one) => <Length key={one.id} {...one} invalid={invalid} disabled={disabled} />}
    />
  );
}

function split(seconds: number | undefined): (number | undefined)[] {
  if (seconds === undefined) return [undefined, undefined, undefined];
  return [Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3_600), Math.floor((seconds % 3_600) / 60)];
}

function Length({ id, label, question, value, invalid, disabled, onChange }: OneNumber & { invalid: boolean; disabled: boolean }) {
  const parts = split(value);
  const rest = (value ?? 0) % 60;

  function give(index: number, part: number | undefined) {
    const next = parts.map((old, at) => (at === index ? part : old));
    if (next.every((one) => one === undefined)) onChange(undefined);
    else onChange(UNITS.reduce((sum, { seconds }, at) => sum + seconds * Math.max(0, next[at] ?? 0), rest));
  }

  return (
    <Group gap="xs" align="flex-end" role="group" aria-label={label}>
      {UNITS.map(({ unit }, index) => (
        <NumberBox
          key={unit}
          id={index === 0 ? id : `${id}-${unit}`}
          label={t(`field.${unit}`)}
          question={question}
          showLabel
          whole
          width={84}
          value={parts[index]}
          invalid={invalid}
          disabled={disabled}
          onChange={(part) => give(index, part)}
        />
      ))}
    </Group>
  );
}
