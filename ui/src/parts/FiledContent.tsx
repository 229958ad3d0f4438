import { Title } from "@mantine/core";

import type { FiledGroup } from "../api/types";
import { t } from "../text";
import classes from "./FiledContent.module.css";
import { Mark } from "./Mark";

/** A filing's content as its recipient reads it: question and answer, group by group. */
export function FiledContent({ groups }: { groups: FiledGroup[] }) {
  return (
    <div className={`sheet ${classes.content}`}>
      {groups.map((group) => (
        <section key={group.id}>
          <Title order={2} className={classes.title}>
            {group.title}
          </Title>
          <dl className={classes.answers}>
            {group.fields.map((field) => (
              <div key={field.field} className={classes.answer} data-filed={field.field}>
                <dt>{field.label}</dt>
                <dd>
                  {field.value === undefined || field.value === null ? (
                    <span className={classes.unknown}>{field.text || t("answer.unknown")}</span>
                  ) : (
                    field.text
                  )}{" "}
                  {field.estimated && <Mark>{t("answer.estimate")}</Mark>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
