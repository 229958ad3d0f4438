import { Button, Checkbox, Group, MultiSelect, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { approvalChain, keepChain, removeChain, type ApprovalChain, type ApprovalChainView, type ApprovalStep } from "../../../api/approvals";
import { refusalInWords } from "../../../parts/refusalInWords";
import { t } from "../../../text";
import { ChainStepBox } from "./ChainStepBox";

const STEP: ApprovalStep = { name: "", who: { kind: "function", function: "approver" }, count: 1 };
const BLANK: ApprovalChain = {
  covers: ["*"],
  exempts: [],
  steps: [{ ...STEP, name: t("chain.firstStep") }],
  in_order: true,
  distinct: true,
  file_when_approved: false,
  emergency: "approver_or_administrator",
};
const EMERGENCIES = ["forbidden", "approver_or_administrator", "reporter_too"] as const;

interface FormProps {
  kept: ApprovalChainView;
  incident: string | undefined;
}

/** The chain as a form; what is wrong with it is said by the node, each with its remedy. */
export function ChainForm({ kept, incident }: FormProps) {
  const client = useQueryClient();
  const [chain, setChain] = useState<ApprovalChain>(kept.chain ?? BLANK);
  // A step keeps its place on the page whatever it is called.
  const [keys, setKeys] = useState(() => chain.steps.map(() => crypto.randomUUID() as string));
  const change = (part: Partial<ApprovalChain>) => setChain({ ...chain, ...part });
  const done = (view: ApprovalChainView) => client.setQueryData(approvalChain(incident).queryKey, view);
  const save = useMutation({ mutationFn: () => keepChain(incident, chain, kept.id ?? undefined), onSuccess: done });
  const remove = useMutation({ mutationFn: () => removeChain(incident), onSuccess: done });
  const stages = [
    { value: "*", label: t("chain.every") },
    ...kept.stages.map(({ duty, law, title }) => ({ value: duty, label: t("duty.name", { law, title }) })),
  ];
  const named = (patterns: string[]) => [
    ...stages,
    ...patterns.filter((one) => stages.every(({ value }) => value !== one)).map((one) => ({ value: one, label: one })),
  ];
  const setStep = (at: number, step: ApprovalStep | undefined) => {
    if (!step) setKeys(keys.filter((_, index) => index !== at));
    change({ steps: chain.steps.flatMap((one, index) => (index === at ? (step ? [step] : []) : [one])) });
  };
  const addStep = () => {
    setKeys([...keys, crypto.randomUUID()]);
    change({ steps: [...chain.steps, STEP] });
  };
  const error = save.error ?? remove.error;
  return (
    <Stack gap="md">
      <MultiSelect label={t("chain.covers")} data={named(chain.covers)} value={chain.covers} onChange={(covers) => change({ covers })} searchable />
      <MultiSelect
        label={t("chain.exempts")}
        description={t("chain.exemptsHelp")}
        data={named(chain.exempts ?? []).slice(1)}
        value={chain.exempts ?? []}
        onChange={(exempts) => change({ exempts })}
        searchable
      />
      {chain.steps.map((step, at) => (
        <ChainStepBox key={keys[at]} number={at + 1} step={step} kept={kept} onChange={(next) => setStep(at, next)} />
      ))}
      <Group>
        <Button variant="default" onClick={addStep}>
          {t("chain.addStep")}
        </Button>
      </Group>
      <Checkbox label={t("chain.inOrder")} checked={chain.in_order ?? false} onChange={(event) => change({ in_order: event.currentTarget.checked })} />
      <Checkbox
        label={t("chain.distinct")}
        description={t("chain.distinctHelp")}
        checked={chain.distinct ?? true}
        onChange={(event) => change({ distinct: event.currentTarget.checked })}
      />
      <Checkbox
        label={t("chain.filesItself")}
        checked={chain.file_when_approved ?? false}
        onChange={(event) => change({ file_when_approved: event.currentTarget.checked })}
      />
      <Select
        label={t("chain.emergency")}
        data={EMERGENCIES.map((value) => ({ value, label: t(`chain.emergency.${value}`) }))}
        value={chain.emergency ?? EMERGENCIES[1]}
        onChange={(emergency) => change({ emergency: EMERGENCIES.find((one) => one === emergency) ?? EMERGENCIES[1] })}
        allowDeselect={false}
        maw={520}
      />
      {error && (
        <Text role="alert" c="var(--late)">
          {refusalInWords(error)}
        </Text>
      )}
      {save.isSuccess && <Text role="status">{t("chain.saved")}</Text>}
      <Group>
        <Button onClick={() => save.mutate()} loading={save.isPending}>
          {t("chain.save")}
        </Button>
        {kept.id && (
          <Button variant="subtle" color="gray" onClick={() => remove.mutate()} loading={remove.isPending}>
            {t("chain.remove")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
