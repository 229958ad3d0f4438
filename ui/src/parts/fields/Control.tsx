import { BooleanControl } from "./BooleanControl";
import { ChoiceControl } from "./ChoiceControl";
import { ChoicesControl } from "./ChoicesControl";
import type { ControlProps } from "./control";
import { DurationControl } from "./DurationControl";
import { InstantControl } from "./InstantControl";
import { MoneyControl } from "./MoneyControl";
import { NumberControl } from "./NumberControl";
import { RecordsControl } from "./RecordsControl";
import { TextControl } from "./TextControl";

/** The control of a field's kind. */
export function Control(props: ControlProps) {
  switch (props.field.kind) {
    case "text":
    case "long_text":
      return <TextControl {...props} />;
    case "boolean":
      return <BooleanControl {...props} />;
    case "choice":
      return <ChoiceControl {...props} />;
    case "choices":
      return <ChoicesControl {...props} />;
    case "integer":
    case "decimal":
      return <NumberControl {...props} />;
    case "money":
      return <MoneyControl {...props} />;
    case "instant":
      return <InstantControl {...props} />;
    case "duration":
      return <DurationControl {...props} />;
    case "records":
      return <RecordsControl {...props} />;
  }
}
