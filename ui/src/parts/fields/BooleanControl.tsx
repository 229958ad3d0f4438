import { Group, Radio } from "@mantine/core";

import { t } from "../../text";
import type { ControlProps } from "./control";

/** Yes or no, and neither until one is said. */
export function BooleanControl({ id, value, disabled, onChange }: ControlProps) {
  return (
    <Radio.Group
      value={typeof value === "boolean" ? String(value) : ""}
      onChange={(chosen) => onChange(chosen === "true")}
      name={id}
      aria-labelledby={`${id}-label`}
    >
      <Group gap="xl">
        <Radio id={id} value="true" label={t("field.yes")} disabled={disabled} />
        <Radio value="false" label={t("field.no")} disabled={disabled} />
      </Group>
    </Radio.Group>
  );
}
