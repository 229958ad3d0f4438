import { amountOf, type ControlProps } from "./control";
import { NumberBox } from "./NumberBox";
import { Ranged } from "./Ranged";

/** A whole number or a decimal one, exact or as a range. */
export function NumberControl({ field, id, value, invalid, disabled, onChange }: ControlProps) {
  const amount = amountOf(value);
  return (
    <Ranged
      id={id}
      label={field.label}
      value={amount}
      disabled={disabled}
      onChange={onChange}
      draw={(one) => (
        <NumberBox
          key={one.id}
          {...one}
          showLabel={one.label !== field.label}
          whole={field.kind === "integer"}
          unit={field.unit}
          invalid={invalid}
          disabled={disabled}
        />
      )}
    />
  );
}
