import { Alert, Button, Group, Stack, Tabs, Text } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { preview } from "../../api/queries";
import type { Duty, IncidentView } from "../../api/types";
import { ExportMenu } from "../../parts/ExportMenu";
import { Marking } from "../../parts/Marking";
import { MissingList } from "../../parts/MissingList";
import { ProblemList } from "../../parts/ProblemList";
import { t } from "../../text";
import ApprovalPanel from "./approvals/ApprovalPanel";
import { ConfirmFiling } from "./ConfirmFiling";
import { NoteElsewhere } from "./Elsewhere";
import { RecipientCopy } from "./RecipientCopy";
import { useMayReport } from "./useRecordForm";

interface PreviewProps {
  record: IncidentView;
  duty: Duty;
  onBack: () => void;
}

/** Exactly what each recipient will see, before it is filed. */
export function Preview({ record, duty, onBack }: PreviewProps) {
  const shown = useSuspenseQuery(preview(record.id, duty.key, record.revision)).data;
  const [confirming, setConfirming] = useState(false);
  const mayReport = useMayReport();
  const [first, ...others] = shown.to;
  const paper = `/api/reporting/v1/incidents/${record.id}/duties/${duty.key}/preview.pdf`;
  const of = { incident: record.id, duty: duty.key };
  return (
    <Stack gap="md">
      {(shown.marking.tlp || shown.marking.pap) && (
        <Text>
          {t("preview.marked")} <Marking of={shown.marking} />
        </Text>
      )}
      {!first && <Alert variant="outline" title={t("preview.nobody")} />}
      {!first && (
        <Group className="no-print">
          <ExportMenu of={of} />
          {mayReport && duty.state !== "undecided" && <NoteElsewhere record={record} duty={duty} />}
        </Group>
      )}
      {shown.missing.length > 0 && (
        <Alert variant="outline" title={t("preview.missing")}>
          <MissingList missing={shown.missing} />
        </Alert>
      )}
      <ProblemList problems={shown.problems} />
      {first && others.length === 0 && <RecipientCopy copy={first} paper={paper} of={of} />}
      {first && others.length > 0 && (
        <Tabs defaultValue={first.organisation.id} activateTabWithKeyboard={false}>
          <Text mb="xs">{t("preview.copies")}</Text>
          <Tabs.List mb="md">
            {shown.to.map(({ organisation }) => (
              <Tabs.Tab key={organisation.id} value={organisation.id}>
                {organisation.name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {shown.to.map((copy) => (
            <Tabs.Panel key={copy.organisation.id} value={copy.organisation.id}>
              <RecipientCopy copy={copy} paper={paper} of={of} />
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
      {shown.informed.map(({ organisation, why }) => (
        <Text key={organisation.id}>{t("preview.informed", { name: organisation.name, why })}</Text>
      ))}
      <Group className="no-print">
        <Button variant="default" onClick={onBack}>
          {t("preview.back")}
        </Button>
        {mayReport && <ApprovalPanel record={record} duty={duty} preview={shown} onFile={() => setConfirming(true)} />}
      </Group>
      {confirming && (
        <ConfirmFiling record={record} duty={duty} preview={shown} onClose={() => setConfirming(false)} />
      )}
    </Stack>
  );
}
