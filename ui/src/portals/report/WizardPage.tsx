import { Button } from "@mantine/core";
import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { draftOf, newDraft } from "../../api/drafts";
import { takeForReport } from "../../api/finder";
import * as queries from "../../api/queries";
import { AnsweringProvider } from "../../parts/FormContext";
import { PageTitle } from "../../parts/PageTitle";
import { t } from "../../text";
import { Conflicts } from "./Conflicts";
import { ImportDialog } from "./ImportDialog";
import { nextDuty } from "./nextDuty";
import { overlaid } from "./overlaid";
import { useRecordAnswers, useUnsaved } from "./useRecordForm";
import { WizardRail } from "./WizardRail";
import { WizardSteps } from "./WizardSteps";

const route = getRouteApi("/report/new");

/** "Something happened": plain questions a few at a time; the clock runs as soon as its start is known. */
export function WizardPage() {
  const { incident: id, step, from } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const questions = useSuspenseQuery(queries.wizard).data;
  const record = useQuery({ ...queries.incident(id ?? ""), enabled: id !== undefined, throwOnError: true }).data;
  const next = record && nextDuty(record.duties);
  const asked = useQuery({
    ...queries.form(id ?? "", next?.key ?? "", "first"),
    enabled: id !== undefined && next !== undefined,
  }).data;

  const [fresh] = useState(() =>
    newDraft(client, (incident) => void navigate({ search: (now) => ({ ...now, incident }), replace: true })),
  );
  const [importing, setImporting] = useState(false);
  useEffect(() => {
    if (from !== "duties" || id !== undefined) return;
    for (const [field, value] of Object.entries(takeForReport())) fresh.answer(field, { value, estimated: false });
  }, [from, id, fresh]);
  const draft = id === undefined ? fresh : draftOf(client, id, record?.revision ?? 0);
  if (record) draft.seen(record.revision);
  const unsaved = useUnsaved(draft);
  const answering = useRecordAnswers(draft, record?.answers);
  const sections = overlaid(questions.sections, asked?.sections);

  return (
    <AnsweringProvider value={answering}>
      <PageTitle mb="xs">
        {record?.title ?? t("wizard.title")}
      </PageTitle>
      {id === undefined && (
        <Button variant="subtle" size="compact-sm" mb="xs" onClick={() => setImporting(true)}>
          {t("import.start")}
        </Button>
      )}
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
      <div className="split">
        <WizardSteps
          sections={sections}
          answers={answering}
          step={step}
          onStep={(to) => void navigate({ search: (now) => ({ ...now, step: to }) })}
        />
        <WizardRail
          record={record}
          duty={next}
          missing={asked?.missing ?? []}
          unsaved={unsaved}
          sections={sections}
          onStep={(to) => void navigate({ search: (now) => ({ ...now, step: to }) })}
        />
      </div>
      <Conflicts draft={draft} unsaved={unsaved} sections={sections} />
    </AnsweringProvider>
  );
}
