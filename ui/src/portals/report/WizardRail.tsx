import { Text } from "@mantine/core";

import type { Duty, IncidentView, Missing, Section } from "../../api/types";
import type { Unsaved } from "../../api/unsaved";
import { SaveStatus } from "../../parts/SaveStatus";
import { t } from "../../text";
import { NextDuty } from "./NextDuty";
import { goToField } from "./useSteps";

interface RailProps {
  record: IncidentView | undefined;
  duty: Duty | undefined;
  /** What the next duty's form still wants. */
  missing: Missing[];
  unsaved: Unsaved;
  sections: Section[];
  onStep: (step: string) => void;
}

/** Always in reach: whether it is saved, the clock, what is missing, the next action. */
export function WizardRail({ record, duty, missing, unsaved, sections, onStep }: RailProps) {
  const onScreen = new Set(sections.flatMap(({ fields }) => fields.map(({ field }) => field)));
  const wanted = [...missing, ...(duty?.missing ?? [])].filter(
    (one, index, all) => onScreen.has(one.field) && all.findIndex(({ field }) => field === one.field) === index,
  );
  return (
    <aside className="rail" aria-label={t("wizard.rail")}>
      {(record || unsaved.pending.size > 0) && <SaveStatus unsaved={unsaved} />}
      {record && duty ? (
        <NextDuty incident={record.id} duty={duty} missing={wanted} onGo={(field) => goToField(sections, field, onStep)} />
      ) : (
        <div className="sheet" style={{ padding: 16 }}>
          <Text>{record ? t("wizard.nothingDue") : t("wizard.start")}</Text>
        </div>
      )}
    </aside>
  );
}
