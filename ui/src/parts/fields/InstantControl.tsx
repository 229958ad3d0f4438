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
  const whole = typed !== undefined && PLAUSIBLE.test(typed) ? fromLocalInput(typed, zone) : undefined;
  // Said while it is typed: a line that came only on leaving would push the next control from under the pointer.
  const said = typed === undefined ? held : whole;

  /** Given when the cursor leaves: half an instant would start a clock, and changing it wants a reason. */
  function leave() {
    if (typed === "") onChange(undefined);
    else if (whole !== undefined) onChange(whole);
    setTyped(undefined);
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
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={leave}
          onKeyDown={(event) => event.key === "Enter" && leave()}
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
      {said && (
        <Text size="sm" mt={4}>
          {t("time.inZone", { instant: instantInWords(said, zone), zone: zoneName(zone) })}
        </Text>
      )}
    </>
  );
}
