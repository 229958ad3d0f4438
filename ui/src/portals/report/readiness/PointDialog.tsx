import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Refusal } from "../../../api/problem";
import { readiness, readinessHistory, savePoint, type ReadinessPoint, type ReadinessState } from "../../../api/readiness";
import { Dialog } from "../../../parts/Dialog";
import { DialogActs } from "../../../parts/DialogActs";
import { refusalInWords } from "../../../parts/refusalInWords";
import { told } from "../../../parts/told";
import { t } from "../../../text";

const STATES: ReadinessState[] = ["not_yet", "in_work", "done", "not_for_us"];

/** Says how far one point is. */
export function PointDialog({ point, revision, onClose }: { point: ReadinessPoint; revision: number; onClose: () => void }) {
  const client = useQueryClient();
  const [base] = useState(revision);
  const [draft, setDraft] = useState({
    state: point.state,
    note: point.note,
    responsible: point.responsible,
    done_on: point.done_on ?? "",
    review_on: point.review_on ?? "",
  });
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const save = useMutation({
    mutationFn: () => savePoint(point.item, { ...draft, base_revision: base, done_on: draft.done_on || null, review_on: draft.review_on || null }),
    onSuccess: (view) => {
      client.setQueryData(readiness.queryKey, view);
      void client.invalidateQueries(readinessHistory);
      told(t("readiness.saved"));
      onClose();
    },
    onError: (error) => {
      if (error instanceof Refusal && error.status === 409) void client.invalidateQueries(readiness);
    },
  });
  const refused = save.error instanceof Refusal ? (save.error.body.problems ?? []) : [];
  const wrong = (field: string) => refused.find((problem) => problem.field === field)?.message;
  return (
    <Dialog title={point.label} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <Text c="dimmed">{point.help}</Text>
          <Radio.Group label={t("readiness.state")} value={draft.state} onChange={(state) => change({ state: state as ReadinessState })}>
            <Group mt={4}>
              {STATES.map((state) => (
                <Radio key={state} value={state} label={t(`readiness.state.${state}`)} />
              ))}
            </Group>
          </Radio.Group>
          <Textarea label={t(draft.state === "not_for_us" ? "readiness.reason" : "readiness.note")} autosize minRows={3} maxRows={10} value={draft.note} error={wrong("note")} onChange={(event) => change({ note: event.currentTarget.value })} />
          <TextInput label={t("readiness.responsible")} maxLength={200} value={draft.responsible} error={wrong("responsible")} onChange={(event) => change({ responsible: event.currentTarget.value })} />
          <Group grow align="flex-start">
            <TextInput type="date" label={t("readiness.dateDone")} value={draft.done_on} error={wrong("done_on")} onChange={(event) => change({ done_on: event.currentTarget.value })} />
            <TextInput type="date" label={t("readiness.dateReview")} value={draft.review_on} error={wrong("review_on")} onChange={(event) => change({ review_on: event.currentTarget.value })} />
          </Group>
          <DialogActs refused={save.error && (save.error instanceof Refusal && save.error.status === 409 ? t("readiness.changedMeanwhile") : refusalInWords(save.error))} onClose={onClose}>
            <Button type="submit" loading={save.isPending}>
              {t("admin.save")}
            </Button>
          </DialogActs>
        </Stack>
      </form>
    </Dialog>
  );
}
