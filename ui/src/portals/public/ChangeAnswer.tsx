import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import type { DutyChange } from "../../api/finder";
import type { FieldView, Value } from "../../api/types";
import { Refused } from "../../parts/Refused";
import { t } from "../../text";
import { AskedField } from "./AskedField";
import { Changes } from "./Changes";
import classes from "./Finder.module.css";

interface ChangeProps {
  field: FieldView;
  value: Value | null;
  whatIf: (field: string, value: Value | null) => Promise<DutyChange[]>;
  onTell: (value: Value | null, changes: DutyChange[]) => void;
  onClose: () => void;
}

/** Another answer: first what it would change, then whether it is taken. */
export function ChangeAnswer({ field, value, whatIf, onTell, onClose }: ChangeProps) {
  const [next, setNext] = useState<Value | undefined>(value ?? undefined);
  const seen = useMutation({ mutationFn: (other: Value | null) => whatIf(field.field, other) });
  // The State decides which laws speak at all: it is simply changed.
  const simple = field.field === "country";
  const choose = (other: Value | undefined) => {
    setNext(other);
    if (!simple && other !== undefined) seen.mutate(other);
  };
  return (
    <div className={classes.changing}>
      <AskedField field={field} value={next} onChange={choose} />
      {seen.error && <Refused error={seen.error} />}
      {seen.data && <Changes changes={seen.data} />}
      <Group>
        <Button size="sm" disabled={next === undefined} onClick={() => onTell(next ?? null, seen.data ?? [])}>
          {t("finder.take")}
        </Button>
        {!simple && (
          <Button size="sm" variant="default" onClick={() => onTell(null, [])}>
            {t("finder.unknown")}
          </Button>
        )}
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t("finder.keep")}
        </Button>
      </Group>
    </div>
  );
}
