import type { FieldView, Value } from "../../api/types";
import { answerInWords } from "../answerInWords";
import { useZone } from "../useZone";

/** An answer that follows from the stage or from the profile: told in words, for nobody can choose another here. */
export function Given({ field, id }: { field: FieldView; id: string }) {
  const zone = useZone();
  const value = field.value as Value | null | undefined;
  const answer = value === null || value === undefined ? undefined : { value };
  return (
    <output id={id} aria-labelledby={`${id}-label`} style={{ fontWeight: 500 }}>
      {answerInWords(answer, field, zone)}
    </output>
  );
}
