import { Button, Group, UnstyledButton } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";

import type { Section } from "../../api/types";
import type { Answering } from "../../parts/FormContext";
import { FormView } from "../../parts/FormView";
import { t } from "../../text";
import classes from "./WizardSteps.module.css";

interface StepsProps {
  sections: Section[];
  answers: Answering;
  step: string | undefined;
  onStep: (step: string) => void;
  /** What comes after the last group. */
  end?: ReactNode;
}

function answered(section: Section, answers: Answering): { done: number; all: number } {
  const shown = section.fields.filter((field) => field.visible);
  const done = shown.filter(({ field }) => (answers.pending(field) ?? answers.held(field)) !== undefined);
  return { done: done.length, all: shown.length };
}

/** One group of questions at a time, with the way to every other. */
export function WizardSteps({ sections, answers, step, onStep, end }: StepsProps) {
  const at = Math.max(0, sections.findIndex(({ id }) => id === step));
  const shown = sections[at];
  const before = sections[at - 1];
  const after = sections[at + 1];
  const arrived = useRef(step);
  useEffect(() => {
    if (arrived.current === step) return;
    arrived.current = step;
    document.querySelector<HTMLElement>(`#section-${CSS.escape(shown?.id ?? "")}`)?.focus();
    window.scrollTo({ top: 0 });
  }, [step, shown?.id]);

  return (
    <div>
      <nav aria-label={t("wizard.steps")} className={classes.steps}>
        <ol>
          {sections.map((section) => {
            const { done, all } = answered(section, answers);
            return (
              <li key={section.id}>
                <UnstyledButton
                  className={classes.step}
                  aria-current={section === shown ? "step" : undefined}
                  onClick={() => onStep(section.id)}
                >
                  {section.title} <span className={classes.count}>{t("wizard.answered", { done, all })}</span>
                </UnstyledButton>
              </li>
            );
          })}
        </ol>
      </nav>
      {shown && <FormView sections={[shown]} />}
      <Group justify="space-between" className="no-print">
        {before ? (
          <Button variant="default" onClick={() => onStep(before.id)}>
            {t("wizard.back")}
          </Button>
        ) : (
          <span />
        )}
        {after ? (
          <Button variant="outline" onClick={() => onStep(after.id)}>
            {t("wizard.next", { title: after.title })}
          </Button>
        ) : (
          end
        )}
      </Group>
    </div>
  );
}
