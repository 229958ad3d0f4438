import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { me } from "../../../api/queries";
import { readiness, type ReadinessContact, type ReadinessView } from "../../../api/readiness";
import { PageTitle } from "../../../parts/PageTitle";
import { t } from "../../../text";
import { roleName } from "../../admin/functions";
import { PointDialog } from "./PointDialog";
import { PointLine } from "./PointLine";
import { ReadinessHistory } from "./ReadinessHistory";
import classes from "./Readiness.module.css";
import { dayInWords, score } from "./words";

/** What the organisation prepares for the police before it is needed. */
export function ReadinessPage() {
  const view = useSuspenseQuery(readiness).data;
  const { functions } = useSuspenseQuery(me).data;
  const [open, setOpen] = useState<string>();
  const keeps = functions.includes("administrator") || functions.includes("reporter");
  const points = view.groups.flatMap((group) => group.points);
  const chosen = points.find(({ item }) => item === open);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <PageTitle>{t("readiness.title")}</PageTitle>
        <Button component="a" href="/api/reporting/v1/readiness/first-hour-card.pdf" download variant="default">
          {t("readiness.card")}
        </Button>
      </Group>
      <Text maw={720}>{t("readiness.help")}</Text>
      <Standing view={view} />
      <Contacts contacts={view.contacts} />
      {view.groups.map((group) => (
        <section key={group.id} className="sheet" aria-labelledby={`group-${group.id}`}>
          <Title order={2} size="h3" id={`group-${group.id}`} className={classes.heading}>
            {group.label}
          </Title>
          <ul className={classes.points}>
            {group.points.map((point) => (
              <PointLine key={point.item} point={point} onOpen={keeps ? () => setOpen(point.item) : undefined} />
            ))}
          </ul>
        </section>
      ))}
      <ReadinessHistory />
      {chosen && <PointDialog key={chosen.item} point={chosen} revision={view.revision} onClose={() => setOpen(undefined)} />}
    </Stack>
  );
}

/** How far one is, in a sentence and as a bar. */
function Standing({ view }: { view: ReadinessView }) {
  const { counts } = view;
  const asked = Math.max(counts.total - counts.not_for_us, 1);
  return (
    <section className={`sheet ${classes.standing}`} aria-label={t("readiness.standing")}>
      <strong className={classes.score}>{score(counts)}</strong>
      <div className={classes.bar} aria-hidden>
        <span style={{ width: `${(100 * counts.done) / asked}%` }} />
      </div>
      <span>{view.last_drill ? t("readiness.drill", { day: dayInWords(view.last_drill) }) : t("readiness.noDrill")}</span>
    </section>
  );
}

/** Police and prosecutors that the node knows: a proposal for the first points. */
function Contacts({ contacts }: { contacts: ReadinessContact[] }) {
  return (
    <section className={`sheet ${classes.standing}`} aria-labelledby="contacts">
      <Title order={2} size="h3" id="contacts">
        {t("readiness.contacts")}
      </Title>
      {contacts.length === 0 ? (
        <span>{t("readiness.noContacts")}</span>
      ) : (
        <ul className={classes.contacts}>
          {contacts.map((contact) => (
            <li key={`${contact.role} ${contact.name}`}>
              {t("readiness.contact", { role: roleName(contact.role), name: contact.name })} {contact.address ?? t("readiness.onNode")}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
