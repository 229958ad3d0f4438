import { Button, Group, NumberInput, TextInput, Title } from "@mantine/core";

import type { ApprovalChainView, ApprovalStep } from "../../../api/approvals";
import { t } from "../../../text";
import classes from "./Approvals.module.css";
import { WhoPicker } from "./WhoPicker";

interface StepProps {
  number: number;
  step: ApprovalStep;
  kept: ApprovalChainView;
  /** Without a step it is taken out. */
  onChange: (step: ApprovalStep | undefined) => void;
}

const asNumber = (value: number | string) => (typeof value === "number" ? value : 0);

/** One step: its name, who, how many, and who acts in their place. */
export function ChainStepBox({ number, step, kept, onChange }: StepProps) {
  const change = (part: Partial<ApprovalStep>) => onChange({ ...step, ...part });
  const { deputies } = step;
  return (
    <section className={`sheet ${classes.step}`} aria-label={t("chain.step", { number })}>
      <Title order={2}>{t("chain.step", { number })}</Title>
      <div className={classes.row}>
        <TextInput label={t("chain.name")} value={step.name} maxLength={80} onChange={(event) => change({ name: event.currentTarget.value })} />
        <WhoPicker label={t("chain.who")} who={step.who} kept={kept} others onChange={(who) => change({ who })} />
        <NumberInput
          label={t("chain.count")}
          value={step.count}
          min={1}
          max={10}
          allowDecimal={false}
          onChange={(value) => change({ count: asNumber(value) })}
        />
      </div>
      {deputies && (
        <div className={classes.row}>
          <WhoPicker
            label={t("chain.deputies")}
            who={deputies.who}
            kept={kept}
            onChange={(who) => change({ deputies: { ...deputies, who } })}
          />
          <NumberInput
            label={t("chain.afterHours")}
            value={deputies.after_hours ?? 0}
            min={0}
            allowDecimal={false}
            onChange={(value) => change({ deputies: { ...deputies, after_hours: asNumber(value) } })}
          />
        </div>
      )}
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          onClick={() =>
            change({ deputies: deputies ? undefined : { who: { kind: "function", function: "approver" }, after_hours: 4 } })
          }
        >
          {t(deputies ? "chain.noDeputies" : "chain.addDeputies")}
        </Button>
        <Button variant="subtle" color="gray" size="xs" onClick={() => onChange(undefined)}>
          {t("chain.removeStep", { number })}
        </Button>
      </Group>
    </section>
  );
}
