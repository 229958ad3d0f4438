import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { migrateIncident, type Migration } from "../../api/migrations";
import type { IncidentView } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { refusalInWords } from "../../parts/refusalInWords";
import { t } from "../../text";
import { CaseChangeLine } from "./CaseChangeLine";

interface DialogProps {
  record: IncidentView;
  offer: Migration;
  onClose: () => void;
}

/** What a correction of the rules changes for this case, and the step over to it. */
export function MigrationDialog({ record, offer, onClose }: DialogProps) {
  const client = useQueryClient();
  const goOver = useMutation({
    mutationFn: () => migrateIncident(record.id, offer.pack, { base_revision: record.revision, to: offer.to }),
    onSuccess: (view) => {
      client.setQueryData(["incident", record.id], view);
      void client.invalidateQueries({ queryKey: ["incident", record.id] });
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={t("rules.title", { law: offer.law })}>
      <Stack>
        <Text>{t("rules.help", { from: offer.from, to: offer.to })}</Text>
        {offer.changes.length === 0 ? (
          <Text>{t("rules.nothing")}</Text>
        ) : (
          <List spacing="xs">
            {offer.changes.map((change) => (
              <List.Item key={JSON.stringify(change)}>
                <CaseChangeLine change={change} />
              </List.Item>
            ))}
          </List>
        )}
        {goOver.error && (
          <Text role="alert" c="var(--late)">
            {refusalInWords(goOver.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("rules.stay")}
          </Button>
          <Button onClick={() => goOver.mutate()} loading={goOver.isPending}>
            {t("rules.goOver", { to: offer.to })}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
