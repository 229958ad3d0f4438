import { Checkbox, MultiSelect, Stack } from "@mantine/core";

import { t } from "../../text";
import { options } from "./choices";
import { described, type ControlProps } from "./control";

const FEW = 8;

/** Any of a few as boxes, any of many as a list that can be searched. */
export function ChoicesControl({ field, id, value, invalid, disabled, onChange }: ControlProps) {
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  const choose = (next: string[]) => onChange(next.length > 0 ? next : undefined);
  if (field.choices.length > FEW)
    return (
      <MultiSelect
        id={id}
        data={options(field.choices)}
        value={chosen}
        onChange={choose}
        searchable
        hidePickedOptions
        nothingFoundMessage={t("field.nothingFound")}
        placeholder={chosen.length === 0 ? t("field.chooseAny") : undefined}
        disabled={disabled}
        error={invalid}
        aria-labelledby={`${id}-label`}
        {...described(id, invalid)}
      />
    );
  return (
    <Checkbox.Group value={chosen} onChange={choose} aria-labelledby={`${id}-label`}>
      <Stack gap={6}>
        {field.choices.map((choice, index) => (
          <Checkbox
            key={choice.id}
            id={index === 0 ? id : undefined}
            value={choice.id}
            label={choice.label}
            description={choice.help || undefined}
            disabled={disabled}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
