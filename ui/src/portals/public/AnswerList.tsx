import { Button, Title } from "@mantine/core";
import { useState } from "react";

import type { DutyChange, Told } from "../../api/finder";
import type { FieldView, Value } from "../../api/types";
import { answerInWords } from "../../parts/answerInWords";
import { useZone } from "../../parts/useZone";
import { t } from "../../text";
import { ChangeAnswer } from "./ChangeAnswer";
import classes from "./Finder.module.css";

interface AnswersProps {
  told: Told[];
  assumed: FieldView[];
  whatIf: (field: string, value: Value | null) => Promise<DutyChange[]>;
  onTell: (field: FieldView, value: Value | null, changes: DutyChange[]) => void;
}

/** What was told, and what is taken for granted; each can be changed, and shows before what that changes. */
export function AnswerList({ told, assumed, whatIf, onTell }: AnswersProps) {
  const [open, setOpen] = useState<string>();
  const row = (field: FieldView, value: Value | null) => (
    <Row
      key={field.field}
      field={field}
      value={value}
      open={open === field.field}
      onOpen={() => setOpen(field.field)}
      onClose={() => setOpen(undefined)}
      whatIf={whatIf}
      onTell={onTell}
    />
  );
  return (
    <>
      {told.length > 0 && (
        <section aria-labelledby="told">
          <Title order={2} size="h4" id="told">
            {t("finder.told")}
          </Title>
          <ul className={classes.answers}>{told.map(({ field, value }) => row(field, value))}</ul>
        </section>
      )}
      {assumed.length > 0 && (
        <section aria-labelledby="assumed">
          <Title order={2} size="h4" id="assumed">
            {t("finder.assumed")}
          </Title>
          <ul className={classes.answers}>{assumed.map((field) => row(field, field.value ?? null))}</ul>
        </section>
      )}
    </>
  );
}

interface RowProps extends Omit<AnswersProps, "told" | "assumed"> {
  field: FieldView;
  value: Value | null;
  open: boolean;
  onOpen: () => void;
  onClose: () => void;
}

function Row({ field, value, open, onOpen, onClose, whatIf, onTell }: RowProps) {
  const zone = useZone();
  if (open)
    return (
      <li>
        <ChangeAnswer
          field={field}
          value={value}
          whatIf={whatIf}
          onClose={onClose}
          onTell={(next, changes) => {
            onTell(field, next, changes);
            onClose();
          }}
        />
      </li>
    );
  return (
    <li className={classes.answer}>
      <div>
        <div className={classes.quiet}>{field.label}</div>
        <strong>{value === null ? t("finder.unknown") : Array.isArray(value) && value.length === 0 ? t("finder.none") : answerInWords({ value }, field, zone)}</strong>
      </div>
      <Button variant="subtle" size="compact-sm" className="no-print" aria-label={t("finder.changeOf", { label: field.label })} onClick={onOpen}>
        {t("finder.change")}
      </Button>
    </li>
  );
}
