import { Select, TextInput } from "@mantine/core";
import { useState } from "react";

import { requestStage } from "../../api/calls";
import { fromLocalInput, zoneName } from "../../parts/time";
import { useZone } from "../../parts/useZone";
import { WordsDialog } from "../../parts/WordsDialog";
import { t } from "../../text";
import type { DialogProps } from "./RespondDialog";

/** Asks for a further stage: which, until when, and what one wants to know. */
export function RequestDialog({ filing, onClose, onDone }: DialogProps) {
  const zone = useZone();
  const [duty, setDuty] = useState(filing.requestable[0]?.duty ?? "");
  const [due, setDue] = useState("");
  return (
    <WordsDialog
      title={t("request.title", { name: filing.from.name })}
      label={t("request.text")}
      act={t("request.send", { name: filing.from.name })}
      most={20_000}
      choice={`${duty} ${due}`}
      send={(text, key) => requestStage(filing.id, { duty, due_at: fromLocalInput(due, zone), text }, key)}
      onDone={onDone}
      onClose={onClose}
    >
      <Select
        label={t("request.stage")}
        data={filing.requestable.map((one) => ({ value: one.duty, label: one.title }))}
        value={duty}
        allowDeselect={false}
        onChange={(next) => next && setDuty(next)}
      />
      <TextInput
        type="datetime-local"
        label={t("request.due", { zone: zoneName(zone) })}
        description={t("request.dueHelp")}
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
    </WordsDialog>
  );
}
