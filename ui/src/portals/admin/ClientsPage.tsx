import { Button, Code, Group, NumberInput, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { clients, makeClient, revokeClient } from "../../api/admin";
import type { Function } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { Empty } from "../../parts/Empty";
import { Instant } from "../../parts/Instant";
import { PageTitle } from "../../parts/PageTitle";
import { Refused } from "../../parts/Refused";
import { t } from "../../text";
import { AdminLayout } from "./AdminLayout";
import { ConfirmDialog } from "./ConfirmDialog";
import { functionName } from "./functions";
import { FunctionsInput } from "./FunctionsInput";

/** The machine clients of the organisation. */
export function ClientsPage() {
  const { clients: listed, functions } = useSuspenseQuery(clients).data;
  const client = useQueryClient();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<{ id: string; name: string }>();
  const refresh = () => void client.invalidateQueries(clients);
  return (
    <AdminLayout>
      <Group justify="space-between">
        <PageTitle>{t("clients.title")}</PageTitle>
        <Button onClick={() => setMaking(true)}>{t("clients.make")}</Button>
      </Group>
      {listed.length === 0 ? (
        <Empty title={t("clients.empty.title")} text={t("clients.empty.text")} />
      ) : (
        <div className="sheet scroll" tabIndex={0} role="region" aria-label={t("clients.title")}>
          <Table verticalSpacing="sm" horizontalSpacing="md" miw={640}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("people.name")}</Table.Th>
                <Table.Th>{t("people.functions")}</Table.Th>
                <Table.Th>{t("clients.until")}</Table.Th>
                <Table.Th>{t("clients.lastUse")}</Table.Th>
                <Table.Th>{t("people.actions")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {listed.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>{one.name}</Table.Td>
                  <Table.Td>{one.functions.map(functionName).join(", ")}</Table.Td>
                  <Table.Td>{one.expires_at && <Instant at={one.expires_at} short />}</Table.Td>
                  <Table.Td>{one.last_used_at ? <Instant at={one.last_used_at} short /> : t("people.never")}</Table.Td>
                  <Table.Td>
                    {one.revoked_at ? (
                      t("clients.revoked")
                    ) : (
                      <Button variant="default" size="compact-md" onClick={() => setEnding(one)} aria-label={t("clients.revokeOf", { name: one.name })}>
                        {t("clients.revoke")}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {making && <MakeDialog offered={functions} onMade={refresh} onClose={() => setMaking(false)} />}
      {ending && (
        <ConfirmDialog
          title={t("clients.revokeOf", { name: ending.name })}
          text={t("clients.revokeHelp")}
          act={t("clients.revoke")}
          send={() => revokeClient(ending.id)}
          onDone={() => {
            setEnding(undefined);
            refresh();
          }}
          onClose={() => setEnding(undefined)}
        />
      )}
    </AdminLayout>
  );
}

/** Makes a client; its secret is shown this once. */
function MakeDialog({ offered, onMade, onClose }: { offered: Function[]; onMade: () => void; onClose: () => void }) {
  const [name, setName] = useState("");
  const [functions, setFunctions] = useState<Function[]>([]);
  const [valid_days, setDays] = useState(365);
  const made = useMutation({ mutationFn: () => makeClient({ name, functions, valid_days }), onSuccess: onMade });
  if (made.data)
    return (
      <Dialog title={t("clients.secret")} size="md">
        <Stack>
          <Text>{t("clients.secretHelp")}</Text>
          <Code block tabIndex={0} role="region" aria-label={t("clients.secret")}>{made.data.secret}</Code>
          <Button onClick={onClose}>{t("security.codesKept")}</Button>
        </Stack>
      </Dialog>
    );
  return (
    <Dialog title={t("clients.make")} onClose={onClose} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          made.mutate();
        }}
      >
        <Stack>
          <TextInput label={t("people.name")} required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <FunctionsInput offered={offered} value={functions} onChange={setFunctions} />
          <NumberInput label={t("clients.days")} min={1} max={1096} hideControls value={valid_days} onChange={(days) => setDays(Number(days))} />
          <Refused error={made.error} />
          <Button type="submit" loading={made.isPending}>{t("clients.make")}</Button>
        </Stack>
      </form>
    </Dialog>
  );
}
