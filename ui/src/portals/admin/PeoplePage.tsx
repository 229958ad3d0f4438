import { Button, Group, Table, Text } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { disablePerson, enablePerson, inviteAgain, people, resetSecondFactor, type Person } from "../../api/admin";
import { Instant } from "../../parts/Instant";
import { Mark } from "../../parts/Mark";
import { PageTitle } from "../../parts/PageTitle";
import { Refused } from "../../parts/Refused";
import { told } from "../../parts/told";
import { t } from "../../text";
import { AdminLayout } from "./AdminLayout";
import { ConfirmDialog } from "./ConfirmDialog";
import { functionName } from "./functions";
import { PersonActions, type PersonAct } from "./PersonActions";
import { PersonDialog } from "./PersonDialog";

const CONFIRMED = { disable: disablePerson, reset: resetSecondFactor };

/** The people of the organisation: who may do what. */
export function PeoplePage() {
  const { people: listed, functions } = useSuspenseQuery(people).data;
  const client = useQueryClient();
  const [open, setOpen] = useState<{ act: PersonAct | "invite"; person?: Person }>();
  const done = (words?: string) => {
    setOpen(undefined);
    if (words) told(words);
    void client.invalidateQueries(people);
  };
  const act = useMutation({
    mutationFn: ({ chosen, person }: { chosen: PersonAct; person: Person }) =>
      chosen === "again" ? inviteAgain(person.id) : enablePerson(person.id),
    onSuccess: (person, { chosen }) => done(chosen === "again" ? t("people.sent", { mail: person.mail }) : undefined),
  });
  const choose = (person: Person) => (chosen: PersonAct) =>
    chosen === "again" || chosen === "enable" ? act.mutate({ chosen, person }) : setOpen({ act: chosen, person });
  const confirmed = open && (open.act === "disable" || open.act === "reset") ? open.act : undefined;
  return (
    <AdminLayout>
      <Group justify="space-between">
        <PageTitle>{t("people.title")}</PageTitle>
        <Button onClick={() => setOpen({ act: "invite" })}>{t("people.invite")}</Button>
      </Group>
      <Refused error={act.error} />
      <div className="sheet scroll" tabIndex={0} role="region" aria-label={t("people.title")}>
        <Table verticalSpacing="sm" horizontalSpacing="md" miw={640}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("people.name")}</Table.Th>
              <Table.Th>{t("people.functions")}</Table.Th>
              <Table.Th>{t("people.lastSignIn")}</Table.Th>
              <Table.Th>{t("people.actions")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {listed.map((person) => (
              <PersonRow key={person.id} person={person} onAct={choose(person)} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {open && !confirmed && (
        <PersonDialog
          person={open.person}
          offered={functions}
          onDone={(person) => done(open.person ? undefined : t("people.sent", { mail: person.mail }))}
          onClose={() => setOpen(undefined)}
        />
      )}
      {confirmed && open?.person && (
        <ConfirmDialog
          title={t(`people.${confirmed}Title`, { name: open.person.name })}
          text={t(`people.${confirmed}Help`)}
          act={t(confirmed === "disable" ? "admin.disable" : "people.reset")}
          send={() => CONFIRMED[confirmed](open.person?.id ?? "")}
          onDone={() => done()}
          onClose={() => setOpen(undefined)}
        />
      )}
    </AdminLayout>
  );
}

function PersonRow({ person, onAct }: { person: Person; onAct: (act: PersonAct) => void }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Text>
          {person.name} {person.yourself && <Mark>{t("people.you")}</Mark>}{" "}
          {person.state !== "active" && <Mark tone={person.state === "disabled" ? "late" : "accent"}>{t(`personState.${person.state}`)}</Mark>}
        </Text>
        <Text size="sm" c="dimmed">
          {person.mail}
        </Text>
      </Table.Td>
      <Table.Td>{person.functions.map(functionName).join(", ")}</Table.Td>
      <Table.Td>
        {person.last_signed_in_at ? <Instant at={person.last_signed_in_at} short /> : t("people.never")}
        <Text size="sm" c="dimmed">
          {t(person.second_factor ? "people.withFactor" : "people.withoutFactor")}
        </Text>
      </Table.Td>
      <Table.Td>{person.changeable ? <PersonActions person={person} onAct={onAct} /> : t("people.keepsNode")}</Table.Td>
    </Table.Tr>
  );
}
