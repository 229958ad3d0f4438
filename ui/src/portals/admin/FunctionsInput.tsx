import { Checkbox, Stack } from "@mantine/core";

import type { Function } from "../../api/types";
import { t } from "../../text";
import { functionName } from "./functions";

interface FunctionsProps {
  offered: Function[];
  value: Function[];
  onChange: (value: Function[]) => void;
}

/** What somebody or something is to do. */
export function FunctionsInput({ offered, value, onChange }: FunctionsProps) {
  return (
    <Checkbox.Group
      label={t("people.functions")}
      value={value}
      onChange={(next) => onChange(next as Function[])}
    >
      <Stack gap={6} mt={4}>
        {offered.map((name) => (
          <Checkbox key={name} value={name} label={functionName(name)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
