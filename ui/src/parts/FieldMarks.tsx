import { Checkbox, UnstyledButton } from "@mantine/core";

import type { FieldKind, FieldView } from "../api/types";
import { t } from "../text";
import classes from "./FieldFrame.module.css";

interface MarksProps {
  field: FieldView;
  answered: boolean;
  unknown: boolean;
  estimated: boolean;
  readOnly: boolean;
  /** Whether estimates are not told apart here. */
  plain?: boolean;
  onUnknown: (on: boolean) => void;
  onEstimated: (on: boolean) => void;
}

/** Kinds that measure: only these can be estimates. */
const MEASURES = new Set<FieldKind>(["integer", "decimal", "money", "instant", "duration"]);

/** "Unknown yet" is an answer; a measure can be an estimate. */
export function FieldMarks({ field, answered, unknown, estimated, readOnly, plain, onUnknown, onEstimated }: MarksProps) {
  return (
    <>
      {field.unknown_allowed && (
        <UnstyledButton
          className={classes.unknown}
          aria-pressed={unknown}
          aria-label={t("field.unknownOf", { label: field.label })}
          disabled={readOnly}
          onClick={() => onUnknown(!unknown)}
        >
          {t("field.unknown")}
        </UnstyledButton>
      )}
      {MEASURES.has(field.kind) && !plain && (
        // Its room is kept before there is an answer: nothing moves under the pointer when one is given.
        <Checkbox
          style={{ visibility: answered && !unknown ? undefined : "hidden" }}
          size="sm"
          label={t("field.estimate")}
          aria-label={t("field.estimateOf", { label: field.label })}
          checked={estimated}
          disabled={readOnly}
          onChange={(event) => onEstimated(event.currentTarget.checked)}
        />
      )}
    </>
  );
}
