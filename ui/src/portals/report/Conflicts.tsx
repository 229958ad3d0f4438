import { Button, Radio, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { RecordDraft } from "../../api/record";
import type { Conflict, FieldView, Section } from "../../api/types";
import type { Unsaved } from "../../api/unsaved";
import { AnswerMeta } from "../../parts/AnswerMeta";
import { answerInWords } from "../../parts/answerInWords";
import { Dialog } from "../../parts/Dialog";
import { useZone } from "../../parts/useZone";
import { t } from "../../text";

interface ConflictsProps {
  draft: RecordDraft;
  unsaved: Unsaved;
  sections: Section[];
}

/** Somebody else changed the same answers: both are shown, nothing is lost. */
export function Conflicts({ draft, unsaved, sections }: ConflictsProps) {
  const client = useQueryClient();
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set());
  const fields = sections.flatMap((section) => section.fields);

  function choose(field: string, whose: string) {
    const next = new Set(mine);
    if (whose === "mine") next.add(field);
    else next.delete(field);
    setMine(next);
  }

  function settle() {
    draft.settle(mine);
    setMine(new Set());
    void client.invalidateQueries({ queryKey: ["incident"] });
  }

  return (
    <Dialog opened={unsaved.conflicts.length > 0} title={t("conflict.title")}>
      <Stack gap="lg">
        <Text>{t("conflict.text")}</Text>
        {unsaved.conflicts.map((conflict) => (
          <OneConflict
            key={conflict.field}
            conflict={conflict}
            field={fields.find(({ field }) => field === conflict.field)}
            mine={mine.has(conflict.field)}
            onChoose={(whose) => choose(conflict.field, whose)}
          />
        ))}
        <Button onClick={settle} data-autofocus>
          {t("conflict.settle")}
        </Button>
      </Stack>
    </Dialog>
  );
}

interface OneProps {
  conflict: Conflict;
  field: FieldView | undefined;
  mine: boolean;
  onChoose: (whose: string) => void;
}

function OneConflict({ conflict, field, mine, onChoose }: OneProps) {
  const zone = useZone();
  return (
    <Radio.Group label={field?.label ?? conflict.field} value={mine ? "mine" : "theirs"} onChange={onChoose}>
      <Stack gap="xs" mt="xs">
        <Radio
          value="theirs"
          label={t("conflict.theirs", { value: answerInWords(conflict.theirs, field, zone) })}
          description={conflict.theirs && <AnswerMeta answer={conflict.theirs} />}
        />
        <Radio value="mine" label={t("conflict.mine", { value: answerInWords(conflict.yours, field, zone) })} />
      </Stack>
    </Radio.Group>
  );
}
