import { useEffect, useRef, useState } from "react";

import type { Section } from "../../api/types";
import { focusField } from "../../parts/focusField";

/** Leads to the group of questions that holds a field, then into the field. */
export function goToField(sections: Section[], field: string, onStep: (step: string) => void): void {
  const section = sections.find(({ fields }) => fields.some((one) => one.field === field));
  if (section) onStep(section.id);
  // The group is drawn first, then its question can take the cursor.
  setTimeout(() => focusField(field), 80);
}

/** Which group of questions is shown, where the address does not say it. */
export function useSteps(sections: Section[]) {
  const [step, setStep] = useState<string>();
  return { step, setStep, go: (field: string) => goToField(sections, field, setStep) };
}

/** Leads once to the question that the address names, as soon as it is drawn. */
export function useArrival(field: string | undefined, sections: Section[], go: (field: string) => void): void {
  const arrived = useRef<string>(undefined);
  const ready = sections.length > 0;
  useEffect(() => {
    if (!field || !ready || arrived.current === field) return;
    arrived.current = field;
    go(field);
  });
}
