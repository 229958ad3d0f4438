import { Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import * as queries from "../../api/queries";
import type { RecordDraft } from "../../api/record";
import type { IncidentView } from "../../api/types";
import { Loading } from "../../app/Loading";
import { AnsweringProvider } from "../../parts/FormContext";
import { ProblemList } from "../../parts/ProblemList";
import { SaveStatus } from "../../parts/SaveStatus";
import { t } from "../../text";
import { Conflicts } from "./Conflicts";
import { NextDuty } from "./NextDuty";
import { canBeFiled, nextDuty } from "./nextDuty";
import { useRecordAnswers, useUnsaved } from "./useRecordForm";
import { useArrival, useSteps } from "./useSteps";
import { WizardSteps } from "./WizardSteps";

interface FactsProps {
  record: IncidentView;
  draft: RecordDraft;
  /** Whose questions are shown; the next duty's when not said. */
  duty: string | undefined;
  onDuty: (duty: string) => void;
  /** The question that the address leads to. */
  field: string | undefined;
}

/** What is known, as the questions of one duty; each fact is asked once, whatever the law. */
export function FactsTab({ record, draft, duty, onDuty, field }: FactsProps) {
  const unsaved = useUnsaved(draft);
  const answering = useRecordAnswers(draft, record.answers);
  const asking = record.duties.filter(canBeFiled);
  const next = nextDuty(record.duties);
  const shown = asking.find(({ key }) => key === duty) ?? next ?? asking[0] ?? record.duties[0];
  const form = useQuery({
    ...queries.form(record.id, shown?.key ?? "", "full"),
    enabled: shown !== undefined,
    throwOnError: true,
  }).data;
  const sections = (form?.sections ?? []).filter(({ fields }) => fields.some(({ visible }) => visible));
  const { step, setStep, go } = useSteps(sections);
  useArrival(field, form?.duty === shown?.key ? sections : [], go);
  if (!form) return <Loading />;
  return (
    <AnsweringProvider value={answering}>
      <div className="split">
        <div>
          <Group justify="space-between" align="flex-end" mb="md" className="no-print">
            <Select
              label={t("facts.questionsOf")}
              data={asking.map(({ key, law, title }) => ({ value: key, label: t("duty.name", { law, title }) }))}
              value={shown?.key ?? null}
              allowDeselect={false}
              onChange={(key) => key && onDuty(key)}
              w={340}
              maw="100%"
            />
            <SaveStatus unsaved={unsaved} />
          </Group>
          <ProblemList problems={record.problems} onGo={go} />
          <WizardSteps sections={sections} answers={answering} step={step} onStep={setStep} />
        </div>
        <aside className="rail" aria-label={t("wizard.rail")}>
          {next && (
            <NextDuty
              incident={record.id}
              duty={next}
              missing={next.key === form.duty ? form.missing : next.missing}
              onGo={go}
            />
          )}
        </aside>
      </div>
      <Conflicts draft={draft} unsaved={unsaved} sections={form.sections} />
    </AnsweringProvider>
  );
}
