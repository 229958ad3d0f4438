import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Refusal } from "../../api/problem";
import type { ReminderStep } from "../../api/work";
import { organisations, reminderPlan, saveReminderPlan } from "../../api/work";
import { me } from "../../api/queries";
import { Empty } from "../../parts/Empty";
import { PageTitle } from "../../parts/PageTitle";
import { refusalInWords } from "../../parts/refusalInWords";
import { t } from "../../text";
import { receiverOptions } from "./receivers";
import { ReminderStepRow } from "./ReminderStepRow";

const NEW_STEP: ReminderStep = {
  minutes: -120,
  kind: "reminder",
  to: [{ who: "function", function: "reporter" }],
};

/** A step with a name that it keeps while it is changed. */
interface Row {
  id: string;
  step: ReminderStep;
}

/** When, and whom, the organisation is reminded of its deadlines. */
export function RemindersPage() {
  const { data: caller } = useSuspenseQuery(me);
  if (caller.functions.includes("administrator")) return <Ladder own={caller.organisation.id} />;
  return <Empty whole title={t("reminders.title")} text={t("reminders.denied")} />;
}

function Ladder({ own }: { own: string }) {
  const client = useQueryClient();
  const { data: plan } = useSuspenseQuery(reminderPlan);
  const { data: directory } = useSuspenseQuery(organisations);
  const [draft, setDraft] = useState<Row[]>();
  const rows = draft ?? plan.steps.map((step) => ({ id: `${step.minutes} ${step.kind}`, step }));
  const save = useMutation({
    mutationFn: () => saveReminderPlan({ base_revision: plan.revision, steps: rows.map(({ step }) => step) }),
    onSuccess: (saved) => {
      client.setQueryData(reminderPlan.queryKey, saved);
      setDraft(undefined);
    },
    onError: (error) => {
      if (error instanceof Refusal && error.status === 409) void client.invalidateQueries({ queryKey: reminderPlan.queryKey });
    },
  });
  const options = receiverOptions(plan.people, directory.filter(({ id }) => id !== own));
  const change = (id: string, step: ReminderStep | undefined) =>
    setDraft(rows.flatMap((row) => (row.id === id ? (step ? [{ id, step }] : []) : [row])));
  return (
    <Stack gap="md">
      <PageTitle>{t("reminders.title")}</PageTitle>
      <Text maw={720}>{t("reminders.help")}</Text>
      {rows.length === 0 && <Text>{t("reminders.nobody")}</Text>}
      {rows.map(({ id, step }, index) => (
        <ReminderStepRow
          key={id}
          number={index + 1}
          step={step}
          options={options}
          onChange={(changed) => change(id, changed)}
        />
      ))}
      {save.error && (
        <Text role="alert" c="var(--late)">
          {refusalInWords(save.error)}
        </Text>
      )}
      {save.isSuccess && !draft && <Text role="status">{t("reminders.saved")}</Text>}
      <Group>
        <Button variant="default" onClick={() => setDraft([...rows, { id: crypto.randomUUID(), step: NEW_STEP }])}>
          {t("reminders.add")}
        </Button>
        <Button onClick={() => save.mutate()} loading={save.isPending} disabled={!draft}>
          {t("reminders.save")}
        </Button>
        {draft && (
          <Button variant="subtle" color="gray" onClick={() => (setDraft(undefined), save.reset())}>
            {t("reminders.undo")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
