import type { FieldView, Value } from "../api/types";
import { FieldFrame } from "./FieldFrame";
import { useAnswering } from "./FormContext";
import { Control } from "./fields/Control";
import { Given } from "./fields/Given";
import { OwnTerms } from "./OwnTerms";
import { Proposed } from "./Proposed";
import { WhyChanged } from "./WhyChanged";

/** One question with its control, its marks and what is wrong with its answer. */
export function Field({ field }: { field: FieldView }) {
  const answering = useAnswering();
  const held = answering.held(field.field);
  const pending = answering.pending(field.field);
  const answer = pending === undefined ? held : (pending ?? undefined);
  const answered = answer !== undefined;
  const unknown = answered && (answer.value === undefined || answer.value === null);
  const value = unknown ? undefined : (answer?.value as Value | undefined);
  const problems = pending === undefined ? field.problems : answering.refused(field.field);

  const give = (next: Value | undefined) =>
    answering.give(
      field.field,
      next === undefined || next === null ? null : { value: next, estimated: answer?.estimated ?? false },
    );

  return (
    <FieldFrame
      field={field}
      held={pending === undefined ? held : undefined}
      answered={answered}
      unknown={unknown}
      estimated={answer?.estimated ?? false}
      problems={problems}
      readOnly={answering.readOnly || field.read_only === true}
      plain={answering.plain}
      onUnknown={(on) => answering.give(field.field, on ? { value: null } : null)}
      onEstimated={(estimated) => answering.give(field.field, { value: value ?? null, estimated, terms: pending?.terms })}
    >
      {field.read_only === true ? (
        <Given field={field} id={`field-${field.field}`} />
      ) : (
        <Control
          field={field}
          id={`field-${field.field}`}
          value={value}
          invalid={problems.length > 0}
          disabled={answering.readOnly}
          onChange={give}
        />
      )}
      {field.read_only !== true && (
        <OwnTerms
          field={field}
          held={held}
          pending={pending}
          value={value}
          disabled={answering.readOnly}
          onTerms={(terms) => answering.give(field.field, { value, estimated: answer?.estimated ?? false, terms })}
        />
      )}
      {field.proposed && !answered && !answering.readOnly && (
        <Proposed proposal={field.proposed} onAccept={(next) => answering.give(field.field, { value: next, how: "suggested" })} />
      )}
      {problems.some(({ rule }) => rule === "reason_required") && (
        <WhyChanged label={field.label} onReason={(reason) => answering.explain(field.field, reason)} />
      )}
    </FieldFrame>
  );
}
