import { useMemo } from "react";

import type { FieldView, Value } from "../../api/types";
import { Field } from "../../parts/Field";
import { AnsweringProvider, type Answering } from "../../parts/FormContext";

interface AskedProps {
  field: FieldView;
  value: Value | undefined;
  onChange: (value: Value | undefined) => void;
}

/** A question that is answered here and not saved anywhere. */
export function AskedField({ field, value, onChange }: AskedProps) {
  const answering: Answering = useMemo(
    () => ({
      held: () => undefined,
      pending: () => (value === undefined ? undefined : { value }),
      refused: () => [],
      give: (_, answer) => onChange(answer?.value ?? undefined),
      explain: () => undefined,
      readOnly: false,
      plain: true,
    }),
    [value, onChange],
  );
  return (
    <AnsweringProvider value={answering}>
      <Field field={{ ...field, required: false, unknown_allowed: false }} />
    </AnsweringProvider>
  );
}
