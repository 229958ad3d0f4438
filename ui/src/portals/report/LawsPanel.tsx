import { Title } from "@mantine/core";

import type { IncidentView } from "../../api/types";
import { t } from "../../text";
import { LawLine } from "./LawLine";
import classes from "./LawsPanel.module.css";

/** Every law of an incident, one line each: how it stands, until when, what is missing, one button. */
export function LawsPanel({ record }: { record: IncidentView }) {
  const asking = record.laws.filter(({ duty, filed, state }) => duty || filed > 0 || state === "displaced");
  const quiet = record.laws.filter((law) => !asking.includes(law));
  const { asked_once: together, separate_forms: apart } = record.questions;
  return (
    <section className={`sheet ${classes.laws}`} aria-labelledby="laws">
      <Title order={2} id="laws" className={classes.title}>
        {t("laws.title")}
      </Title>
      {together < apart && <p className={classes.once}>{t("laws.once", { together, apart })}</p>}
      {asking.map((law) => (
        <LawLine key={law.pack} incident={record.id} law={law} />
      ))}
      {quiet.length > 0 && (
        <details>
          <summary>{t("laws.quiet", { laws: new Intl.ListFormat().format(quiet.map(({ law }) => law)) })}</summary>
          <ul>
            {quiet.map(({ pack, law, reason }) => (
              <li key={pack}>{t("laws.because", { law, reason: reason ?? "" })}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
