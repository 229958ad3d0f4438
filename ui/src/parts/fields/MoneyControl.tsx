import { Group, Select } from "@mantine/core";
import { useState } from "react";

import type { Value } from "../../api/types";
import { t } from "../../text";
import { amountOf, type Amount, type ControlProps } from "./control";
import { NumberBox } from "./NumberBox";
import { Ranged } from "./Ranged";

/** The currencies of the European Economic Area and of those it trades with most (ISO 4217). */
const CURRENCIES = ["EUR", "BGN", "CHF", "CZK", "DKK", "GBP", "HUF", "ISK", "NOK", "PLN", "RON", "SEK", "USD"];

function moneyOf(value: Value | undefined): { amount: Amount | undefined; currency: string | undefined } {
  if (typeof value !== "object" || value === null) return { amount: undefined, currency: undefined };
  const { amount, currency } = value as { amount?: unknown; currency?: unknown };
  return {
    amount: typeof amount === "number" ? amount : amountOf(value),
    currency: typeof currency === "string" ? currency : undefined,
  };
}

/** An amount, exact or as a range, with its currency. */
export function MoneyControl({ field, id, value, invalid, disabled, onChange }: ControlProps) {
  const money = moneyOf(value);
  const [chosen, setChosen] = useState(field.unit ?? "EUR");
  const currency = money.currency ?? chosen;

  function give(amount: Amount | undefined, of: string) {
    if (amount === undefined) onChange(undefined);
    else onChange(typeof amount === "number" ? { amount, currency: of } : { ...amount, currency: of });
  }

  return (
    <Group align="flex-end" gap="md">
      <Ranged
        id={id}
        label={field.label}
        value={money.amount}
        disabled={disabled}
        onChange={(amount) => give(amount, currency)}
        draw={(one) => (
          <NumberBox
            key={one.id}
            {...one}
            showLabel={one.label !== field.label}
            whole={false}
            invalid={invalid}
            disabled={disabled}
          />
        )}
      />
      <Select
        aria-label={t("field.currencyOf", { label: field.label })}
        data={CURRENCIES.includes(currency) ? CURRENCIES : [currency, ...CURRENCIES]}
        value={currency}
        allowDeselect={false}
        w={100}
        disabled={disabled}
        onChange={(next) => {
          const of = next ?? currency;
          setChosen(of);
          if (money.amount !== undefined) give(money.amount, of);
        }}
      />
    </Group>
  );
}
