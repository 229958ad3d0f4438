import { Radio, Select, Stack, Text } from "@mantine/core";

import { t } from "../../text";
import { options } from "./choices";
import { described, type ControlProps } from "./control";

const FEW = 6;

/** One of a few as buttons, one of many as a list that can be searched. */
export function ChoiceControl(props: ControlProps) {
  return props.field.choices.length <= FEW ? <Few {...props} /> : <Many {...props} />;
}

function Few({ field, id, value, disabled, onChange }: ControlProps) {
  return (
    <Radio.Group
      value={typeof value === "string" ? value : ""}
      onChange={onChange}
      name={id}
      aria-labelledby={`${id}-label`}
    >
      <Stack gap={6}>
        {field.choices.map((choice, index) => (
          <Radio
            key={choice.id}
            id={index === 0 ? id : undefined}
            value={choice.id}
            label={choice.label}
            description={choice.help || undefined}
            disabled={disabled}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function Many({ field, id, value, invalid, disabled, onChange }: ControlProps) {
  const chosen = field.choices.find((choice) => choice.id === value);
  return (
    <>
      <Select
        id={id}
        data={options(field.choices)}
        value={typeof value === "string" ? value : null}
        onChange={(next) => onChange(next ?? undefined)}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("field.clear") }}
        nothingFoundMessage={t("field.nothingFound")}
        placeholder={t("field.choose")}
        disabled={disabled}
        error={invalid}
        comboboxProps={{ withinPortal: true }}
        {...described(id, invalid)}
      />
      {chosen?.help && (
        <Text size="sm" c="dimmed" mt={4}>
          {chosen.help}
        </Text>
      )}
    </>
  );
}
