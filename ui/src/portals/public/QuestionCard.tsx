import { Button, Group } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent } from "react";

import type { FoundDuties } from "../../api/finder";
import type { FieldView, Value } from "../../api/types";
import { t, tn } from "../../text";
import { AskedField } from "./AskedField";
import classes from "./Finder.module.css";

interface QuestionProps {
  question: NonNullable<FoundDuties["question"]>;
  onTell: (field: FieldView, value: Value | null) => void;
}

/** One question at a time; "I don't know" is an answer. */
export function QuestionCard({ question, onTell }: QuestionProps) {
  const { field, laws, at_most: most, purpose } = question;
  const [value, setValue] = useState<Value>();
  const card = useRef<HTMLFormElement>(null);
  const first = field.field === "country";
  useEffect(() => {
    // The first question leaves the cursor where it is; each further one takes it from the last.
    if (!first) card.current?.focus();
  }, [first]);

  function next(event: FormEvent) {
    event.preventDefault();
    if (value !== undefined) onTell(field, value);
  }

  return (
    <form ref={card} tabIndex={-1} className={`sheet ${classes.question}`} onSubmit={next} aria-label={t("finder.question")}>
      <AskedField field={field} value={value} onChange={setValue} />
      <Group>
        <Button type="submit" disabled={value === undefined}>
          {t("finder.next")}
        </Button>
        {field.kind === "choices" && (
          <Button variant="default" onClick={() => onTell(field, [])}>
            {t("finder.none")}
          </Button>
        )}
        {field.unknown_allowed && (
          <Button variant="default" onClick={() => onTell(field, null)}>
            {t("finder.unknown")}
          </Button>
        )}
      </Group>
      {laws.length > 0 && (
        <p className={classes.quiet}>
          {t(purpose === "date" ? "finder.starts" : "finder.decides", { laws: new Intl.ListFormat().format(laws) })}{" "}
          {tn("finder.atMost", most)}
        </p>
      )}
    </form>
  );
}
