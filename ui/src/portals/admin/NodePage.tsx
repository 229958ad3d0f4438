import { Button, Group, Table, Text } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { disableOrganisation, enableOrganisation, organisations, type NodeOrganisation, type NodeOrganisations } from "../../api/admin";
import { Mark } from "../../parts/Mark";
import { PageTitle } from "../../parts/PageTitle";
import { Refused } from "../../parts/Refused";
import { told } from "../../parts/told";
import { t } from "../../text";
import { AdminLayout } from "./AdminLayout";
import { ConfirmDialog } from "./ConfirmDialog";
import { roleName } from "./functions";
import { InviteDialog, OrganisationDialog } from "./OrganisationDialog";

type Act = "enter" | "roles" | "invite" | "disable";

/** The organisations of the node, for who keeps it. */
export function NodePage() {
  const data = useSuspenseQuery(organisations).data;
  const client = useQueryClient();
  const [open, setOpen] = useState<{ act: Act; one?: NodeOrganisation }>();
  const done = (words?: string) => (answer: NodeOrganisations) => {
    client.setQueryData(organisations.queryKey, answer);
    setOpen(undefined);
    if (words) told(words);
  };
  const enable = useMutation({ mutationFn: enableOrganisation, onSuccess: done() });
  const close = () => setOpen(undefined);
  const one = open?.one;
  return (
    <AdminLayout>
      <Group justify="space-between">
        <PageTitle>{t("node.title")}</PageTitle>
        <Button onClick={() => setOpen({ act: "enter" })}>{t("node.enter")}</Button>
      </Group>
      <Refused error={enable.error} />
      <div className="sheet scroll" tabIndex={0} role="region" aria-label={t("node.title")}>
        <Table verticalSpacing="sm" horizontalSpacing="md" miw={720}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("people.name")}</Table.Th>
              <Table.Th>{t("node.roles")}</Table.Th>
              <Table.Th>{t("people.title")}</Table.Th>
              <Table.Th>{t("people.actions")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.organisations.map((row) => (
              <Row key={row.organisation.id} row={row} onAct={(act) => (act === "enable" ? enable.mutate(row.organisation.id) : setOpen({ act, one: row }))} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {(open?.act === "enter" || open?.act === "roles") && <OrganisationDialog choices={data} one={one} onDone={done()} onClose={close} />}
      {open?.act === "invite" && one && <InviteDialog one={one} onDone={done(t("node.invited"))} onClose={close} />}
      {open?.act === "disable" && one && (
        <ConfirmDialog
          title={t("people.disableTitle", { name: one.organisation.name })}
          text={t("node.disableHelp")}
          act={t("admin.disable")}
          send={() => disableOrganisation(one.organisation.id)}
          onDone={done()}
          onClose={close}
        />
      )}
    </AdminLayout>
  );
}

function Row({ row, onAct }: { row: NodeOrganisation; onAct: (act: Act | "enable") => void }) {
  const { organisation, active } = row;
  const named = (act: string) => t("node.actOf", { act, name: organisation.name });
  const button = (act: Act | "enable", words: string) => (
    <Button variant="default" size="compact-md" aria-label={named(words)} onClick={() => onAct(act)}>
      {words}
    </Button>
  );
  return (
    <Table.Tr>
      <Table.Td>
        <Text>
          {organisation.name} {!active && <Mark tone="late">{t("personState.disabled")}</Mark>}
        </Text>
        <Text size="sm" c="dimmed">
          {t("node.place", { country: organisation.country, zone: organisation.zone })}
        </Text>
      </Table.Td>
      <Table.Td>
        {organisation.roles.map(({ role, scope }) => (
          <Text key={`${role}${JSON.stringify(scope)}`} size="sm">
            {[roleName(role), scope?.regime, scope?.country, scope?.sector, scope?.entity_class, scope?.desk].filter(Boolean).join(", ")}
          </Text>
        ))}
      </Table.Td>
      <Table.Td>{t("node.people", { people: row.people, administrators: row.administrators })}</Table.Td>
      <Table.Td>
        <Group gap="xs">
          {button("roles", t("node.giveRoles"))}
          {button("invite", t("node.invite"))}
          {active ? button("disable", t("admin.disable")) : button("enable", t("admin.enable"))}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
