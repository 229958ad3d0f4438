import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { acceptRegistration, askRegistration, refuseRegistration, registrations, type RegistrationView } from "../../api/admin";
import { Empty } from "../../parts/Empty";
import { Instant } from "../../parts/Instant";
import { Mark } from "../../parts/Mark";
import { PageTitle } from "../../parts/PageTitle";
import { WordsDialog } from "../../parts/WordsDialog";
import { told } from "../../parts/told";
import { t } from "../../text";
import { ConfirmDialog } from "../admin/ConfirmDialog";

type Act = "accept" | "ask" | "refuse";

/** Entities that want to take part: accept, ask or refuse. */
export function RegistrationsPage() {
  const { registrations: listed } = useSuspenseQuery(registrations).data;
  const client = useQueryClient();
  const [open, setOpen] = useState<{ act: Act; one: RegistrationView }>();
  const close = () => setOpen(undefined);
  const done = () => {
    if (open) told(t(`registrations.${open.act}Done`, { name: open.one.name }));
    close();
    void client.invalidateQueries(registrations);
  };
  return (
    <Stack gap="md" maw={900}>
      <PageTitle>{t("registrations.title")}</PageTitle>
      {listed.length === 0 && <Empty title={t("registrations.empty.title")} text={t("registrations.empty.text")} />}
      {listed.map((one) => (
        <RegistrationSheet key={one.id} one={one} onAct={(act) => setOpen({ act, one })} />
      ))}
      {open?.act === "accept" && (
        <ConfirmDialog
          title={t("registrations.acceptTitle", { name: open.one.name })}
          text={t("registrations.acceptHelp", { contact: open.one.contact, mail: open.one.mail })}
          act={t("registrations.accept")}
          send={() => acceptRegistration(open.one.id)}
          onDone={done}
          onClose={close}
        />
      )}
      {(open?.act === "ask" || open?.act === "refuse") && (
        <WordsDialog
          title={t(`registrations.${open.act}Title`, { name: open.one.name })}
          label={t(open.act === "ask" ? "registrations.question" : "registrations.reason")}
          help={t("registrations.byMail", { mail: open.one.mail })}
          act={t(`registrations.${open.act}`)}
          most={2000}
          send={(text) => (open.act === "ask" ? askRegistration : refuseRegistration)(open.one.id, text)}
          onDone={done}
          onClose={close}
        />
      )}
    </Stack>
  );
}

function RegistrationSheet({ one, onAct }: { one: RegistrationView; onAct: (act: Act) => void }) {
  const waits = one.state === "open" || one.state === "asked";
  const heading = `registration-${one.id}`;
  const acts: Act[] = ["accept", "ask", "refuse"];
  return (
    <section className="sheet" style={{ padding: 20 }} aria-labelledby={heading}>
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h3" id={heading}>{one.name}</Title>
        <Mark tone={one.state === "open" ? "accent" : one.state === "accepted" ? "good" : "plain"}>
          {t(`registrationState.${one.state}`)}
        </Mark>
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {t("registrations.from", { country: one.country, contact: one.contact, mail: one.mail })} <Instant at={one.created_at} short />
      </Text>
      {one.facts.map(({ label, text }) => (
        <Text key={label} size="sm">{t("registrations.fact", { label, text })}</Text>
      ))}
      {one.duplicates.map((duplicate) => (
        <Text key={`${duplicate.organisation}${duplicate.name}`} c="var(--late)" mt="xs">
          {t(duplicate.organisation ? "registrations.sameOrganisation" : "registrations.sameRegistration", { name: duplicate.name, what: duplicate.same.join(", ") })}
        </Text>
      ))}
      {one.words.map((word) => (
        <Text key={word.at} mt="xs" style={{ whiteSpace: "pre-line" }}>
          {t("registrations.fact", { label: word.by, text: word.text })}
        </Text>
      ))}
      {waits && (
        <Group mt="md">
          {acts.map((act) => (
            <Button key={act} variant={act === "accept" ? "filled" : "default"} aria-label={t("node.actOf", { act: t(`registrations.${act}`), name: one.name })} onClick={() => onAct(act)}>
              {t(`registrations.${act}`)}
            </Button>
          ))}
        </Group>
      )}
    </section>
  );
}
