import { Title } from "@mantine/core";

import type { FiledGroup } from "../api/types";
import { t } from "../text";
import classes from "./FiledContent.module.css";
import { Instant } from "./Instant";
import { Mark } from "./Mark";
import { Marking } from "./Marking";
import { termsInWords } from "./termWords";

/** A filing's content as its recipient reads it: question and answer, group by group. */
export function FiledContent({ groups }: { groups: FiledGroup[] }) {
  return (
    <div className={`sheet ${classes.content}`}>
      {groups.map((group) => (
        <section key={group.id}>
          <Title order={2} className={classes.title}>
            {group.title} <Marking of={group.marking} />
          </Title>
          <dl className={classes.answers}>
            {group.fields.map((field) => (
              <div key={field.field} className={classes.answer} data-filed={field.field}>
                <dt>
                  {field.number && <span className={classes.number}>{field.number}</span>} {field.label}
                  {field.article && <span className={classes.article}>{field.article}</span>}
                </dt>
                <dd>
                  {field.value === undefined || field.value === null ? (
                    <span className={classes.unknown}>{field.text || t("answer.unknown")}</span>
                  ) : (
                    field.text
                  )}{" "}
                  {termsInWords(field, undefined).map((term) => (
                    <span key={term} className={classes.earlier}>{t("terms.own", { label: term })}</span>
                  ))}
                  {field.estimated && <Mark>{t("answer.estimate")}</Mark>}
                  {field.earlier.map((one) => (
                    <span key={one.until} className={classes.earlier}>
                      {t("answer.earlier", { text: one.text, name: one.by })} <Instant at={one.until} short />
                      {one.reason && t("answer.earlierWhy", { reason: one.reason })}
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
