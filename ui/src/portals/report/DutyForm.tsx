import { Button, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";

import { form } from "../../api/queries";
import type { RecordDraft } from "../../api/record";
import type { Duty, IncidentView } from "../../api/types";
import { Countdown } from "../../parts/Countdown";
import { AnsweringProvider } from "../../parts/FormContext";
import { MissingList } from "../../parts/MissingList";
import { ProblemList } from "../../parts/ProblemList";
import { SaveStatus } from "../../parts/SaveStatus";
import { t } from "../../text";
import { Conflicts } from "./Conflicts";
import classes from "./NextDuty.module.css";
import { useRecordAnswers, useUnsaved } from "./useRecordForm";
import { useSteps } from "./useSteps";
import { WizardSteps } from "./WizardSteps";

interface DutyFormProps {
  record: IncidentView;
  duty: Duty;
  draft: RecordDraft;
  /** Saves and goes on; says whether everything could be saved. */
  onCheck: () => Promise<boolean>;
  checking: boolean;
}

/** The questions of one stage with what it still needs. */
export function DutyForm({ record, duty, draft, onCheck, checking }: DutyFormProps) {
  const view = useSuspenseQuery(form(record.id, duty.key, "full")).data;
  const unsaved = useUnsaved(draft);
  const answering = useRecordAnswers(draft, record.answers);
  const sections = view.sections.filter(({ fields }) => fields.some(({ visible }) => visible));
  const { step, setStep, go } = useSteps(sections);
  async function check() {
    const [refused] = (await onCheck()) ? [] : draft.unsaved().refused.keys();
    if (refused) go(refused);
  }

  return (
    <AnsweringProvider value={answering}>
      <div className="split">
        <div>
          <ProblemList problems={record.problems} onGo={go} />
          <WizardSteps
            sections={sections}
            answers={answering}
            step={step}
            onStep={setStep}
            end={
              <Button onClick={() => void check()} loading={checking}>
                {t("file.check")}
              </Button>
            }
          />
        </div>
        <aside className="rail" aria-label={t("wizard.rail")}>
          <SaveStatus unsaved={unsaved} />
          <section className={`sheet ${classes.next}`} aria-labelledby="still">
            <Title order={2} id="still" className={classes.title}>
              {view.missing.length > 0 ? t("duty.stillMissing") : t("file.complete")}
            </Title>
            {duty.due && (
              <Countdown at={duty.due.at} words={duty.due.entity_time} authorityWords={duty.due.authority_time} soft={duty.soft} />
            )}
            {view.missing.length > 0 && (
              <div className={classes.missing}>
                <MissingList missing={view.missing} onGo={go} />
              </div>
            )}
            <Button onClick={() => void check()} loading={checking} variant={view.ready ? "filled" : "default"} fullWidth>
              {t("file.check")}
            </Button>
          </section>
        </aside>
      </div>
      <Conflicts draft={draft} unsaved={unsaved} sections={view.sections} />
    </AnsweringProvider>
  );
}
