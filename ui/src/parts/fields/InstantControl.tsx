import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";

import { serverNow } from "../../api/clock";
import { t } from "../../text";
import { fromLocalInput, instantInWords, toLocalInput, zoneName } from "../time";
import { useZone } from "../useZone";
import { described, type ControlProps } from "./control";

/** While a year is being typed it passes through the first centuries. */
const PLAUSIBLE = /^(19[7-9]|[2-9]\d)/;

/** Keeps the year at four digits. */
const LATEST = "9999-12-31T23:59";

/** A point in time in the organisation's zone, which is always named. */
export function InstantControl({ field, id, value, invalid, disabled, onChange }: ControlProps) {
  const zone = useZone();
  const held = typeof value === "string" ? value : undefined;
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (held ? toLocalInput(held, zone) : "");

  function type(text: string) {
    setTyped(text);
    if (text === "") onChange(undefined);
    else if (PLAUSIBLE.test(text)) onChange(fromLocalInput(text, zone));
  }

  function now() {
    setTyped(undefined);
    onChange(new Date(Math.floor(serverNow() / 60_000) * 60_000).toISOString().replace(".000Z", "Z"));
  }

  return (
    <>
      <Group gap="sm">
        <TextInput
          id={id}
          type="datetime-local"
          max={LATEST}
          value={shown}
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={() => setTyped(undefined)}
          w={230}
          disabled={disabled}
          error={invalid}
          aria-required={field.required || undefined}
          {...described(id, invalid)}
        />
        <Button variant="default" onClick={now} disabled={disabled} aria-label={t("field.nowFor", { label: field.label })}>
          {t("field.now")}
        </Button>
        <Text size="sm" c="dimmed">
          {t("field.timeIn", { zone: zoneName(zone) })}
        </Text>
      </Group>
      {held && (
        <Text size="sm" mt={4}>
          {t("time.inZone", { instant: instantInWords(held, zone), zone: zoneName(zone) })}
        </Text>
      )}
    </>
  );
}
