import { Title } from "@mantine/core";

import type { Section } from "../api/types";
import { Field } from "./Field";
import classes from "./FormView.module.css";

/** Draws the questions as the server decided them. */
export function FormView({ sections }: { sections: Section[] }) {
  return sections.map((section) => <FormSection key={section.id} section={section} />);
}

function FormSection({ section }: { section: Section }) {
  const shown = section.fields.filter((field) => field.visible);
  if (shown.length === 0) return null;
  const heading = `section-${section.id}`;
  return (
    <section aria-labelledby={heading} className={classes.section}>
      <Title order={2} id={heading} className={classes.heading} tabIndex={-1}>
        {section.title}
      </Title>
      {shown.map((field) => (
        <Field key={field.field} field={field} />
      ))}
    </section>
  );
}
