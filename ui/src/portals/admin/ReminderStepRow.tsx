import { Button, MultiSelect, NumberInput, Select } from "@mantine/core";

import type { ReminderStep } from "../../api/work";
import { t } from "../../text";
import { receiverOf, valueOf, type Option } from "./receivers";
import classes from "./ReminderStepRow.module.css";

const UNITS = { minutes: 1, hours: 60, days: 1440 };
type Unit = keyof typeof UNITS;

interface RowProps {
  number: number;
  step: ReminderStep;
  options: Option[];
  onChange: (step: ReminderStep | undefined) => void;
}

/** The greatest unit in which the length is whole. */
function unitOf(minutes: number): Unit {
  const length = Math.abs(minutes);
  if (length > 0 && length % UNITS.days === 0) return "days";
  return length % UNITS.hours === 0 && length > 0 ? "hours" : "minutes";
}

/** One step of the ladder: how long before or after the deadline, why, and who is told. */
export function ReminderStepRow({ number, step, options, onChange }: RowProps) {
  const unit = unitOf(step.minutes);
  const length = Math.abs(step.minutes) / UNITS[unit];
  const side = step.minutes < 0 ? "before" : "after";
  const set = (count: number, of: Unit, on: string) =>
    onChange({ ...step, minutes: Math.round(count * UNITS[of]) * (on === "before" ? -1 : 1) });
  return (
    <fieldset className={`sheet ${classes.step}`}>
      <legend className={classes.legend}>{t("reminders.step", { number })}</legend>
      <NumberInput
        label={t("reminders.length")}
        value={length}
        min={0}
        max={43_200}
        allowDecimal={false}
        onChange={(value) => typeof value === "number" && set(value, unit, side)}
      />
      <Select
        label={t("reminders.unit")}
        data={Object.keys(UNITS).map((value) => ({ value, label: t(`reminders.${value as Unit}`) }))}
        value={unit}
        allowDeselect={false}
        onChange={(value) => value && set(length, value as Unit, side)}
      />
      <Select
        label={t("reminders.side")}
        data={[
          { value: "before", label: t("reminders.before") },
          { value: "after", label: t("reminders.after") },
        ]}
        value={side}
        allowDeselect={false}
        onChange={(value) => value && set(length, unit, value)}
      />
      <Select
        label={t("reminders.kind")}
        data={[
          { value: "reminder", label: t("notice.reminder") },
          { value: "escalation", label: t("notice.escalation") },
        ]}
        value={step.kind}
        allowDeselect={false}
        onChange={(value) => value && onChange({ ...step, kind: value as ReminderStep["kind"] })}
      />
      <MultiSelect
        className={classes.to}
        label={t("reminders.to")}
        data={options}
        value={step.to.map(valueOf)}
        searchable
        limit={60}
        error={step.to.length === 0 ? t("reminders.toSomebody") : undefined}
        onChange={(values) => onChange({ ...step, to: values.map(receiverOf) })}
      />
      <Button variant="default" className={classes.remove} onClick={() => onChange(undefined)}>
        {t("reminders.remove", { number })}
      </Button>
    </fieldset>
  );
}
