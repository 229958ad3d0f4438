import { Text, TextInput, Textarea } from "@mantine/core";

import { language, t } from "../../text";
import { described, type ControlProps } from "./control";

/** One line or several. */
export function TextControl({ field, id, value, invalid, disabled, onChange }: ControlProps) {
  const text = typeof value === "string" ? value : "";
  const shared = {
    id,
    value: text,
    disabled,
    maxLength: field.max_length ?? undefined,
    error: invalid,
    "aria-required": field.required || undefined,
    ...described(id, invalid),
  };
  const left = field.max_length ? field.max_length - text.length : undefined;
  return (
    <>
      {field.kind === "text" ? (
        <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value || undefined)} />
      ) : (
        <Textarea {...shared} autosize minRows={3} maxRows={14} onChange={(event) => onChange(event.currentTarget.value || undefined)} />
      )}
      {left !== undefined && left < 100 && (
        <Text size="xs" c="dimmed">
          {t("field.charactersLeft", { count: left.toLocaleString(language()) })}
        </Text>
      )}
    </>
  );
}
