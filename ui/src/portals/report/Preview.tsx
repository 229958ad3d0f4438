import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { preview } from "../../api/queries";
import type { Duty, IncidentView } from "../../api/types";
import { Diff } from "../../parts/Diff";
import { FiledContent } from "../../parts/FiledContent";
import { MissingList } from "../../parts/MissingList";
import { Org } from "../../parts/Org";
import { ProblemList } from "../../parts/ProblemList";
import { t } from "../../text";
import { ConfirmFiling } from "./ConfirmFiling";
import { useMayReport } from "./useRecordForm";

interface PreviewProps {
  record: IncidentView;
  duty: Duty;
  onBack: () => void;
}

/** Exactly what the recipient will see, before it is filed. */
export function Preview({ record, duty, onBack }: PreviewProps) {
  const shown = useSuspenseQuery(preview(record.id, duty.key, record.revision)).data;
  const [confirming, setConfirming] = useState(false);
  const mayReport = useMayReport();
  const nobody = shown.to.length === 0;
  return (
    <Stack gap="md">
      <Text size="lg">
        {t("preview.intro")}{" "}
        {shown.to.map(({ id, name }, index) => (
          <strong key={id}>
            {index > 0 && t("recipients.or")}
            <Org name={name} />
          </strong>
        ))}
      </Text>
      {nobody && <Alert variant="outline" title={t("preview.nobody")} />}
      {shown.missing.length > 0 && (
        <Alert variant="outline" title={t("preview.missing")}>
          <MissingList missing={shown.missing} />
        </Alert>
      )}
      <ProblemList problems={shown.problems} />
      {shown.changes.length > 0 && (
        <section className="sheet" style={{ padding: 16 }}>
          <Title order={2}>{t("preview.changes")}</Title>
          <Diff changes={shown.changes} />
        </section>
      )}
      <FiledContent groups={shown.groups} />
      <Group className="no-print">
        <Button variant="default" onClick={onBack}>
          {t("preview.back")}
        </Button>
        {mayReport && (
          <Button onClick={() => setConfirming(true)} disabled={!shown.ready || nobody}>
            {t("preview.file")}
          </Button>
        )}
      </Group>
      {confirming && (
        <ConfirmFiling record={record} duty={duty} preview={shown} onClose={() => setConfirming(false)} />
      )}
    </Stack>
  );
}
