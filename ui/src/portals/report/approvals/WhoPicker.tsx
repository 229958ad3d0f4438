import { MultiSelect } from "@mantine/core";

import type { ApprovalChainView, Who } from "../../../api/approvals";
import { t } from "../../../text";

const FUNCTIONS = ["approver", "administrator", "reporter"] as const;

interface WhoProps {
  label: string;
  who: Who;
  kept: ApprovalChainView;
  /** Whether another organisation can be named. */
  others?: boolean;
  onChange: (who: Who) => void;
}

function valuesOf(who: Who): string[] {
  if (who.kind === "function") return [`function ${who.function}`];
  if (who.kind === "organisation") return [`organisation ${who.organisation}`];
  return who.people.map((id) => `person ${id}`);
}

/** The last thing chosen says what kind it is; people can be several. */
function whoOf(values: string[]): Who {
  const [kind, id = ""] = (values.at(-1) ?? "person").split(" ");
  const name = FUNCTIONS.find((one) => one === id);
  if (kind === "function" && name) return { kind: "function", function: name };
  if (kind === "organisation") return { kind: "organisation", organisation: id };
  const people = values.filter((one) => one.startsWith("person ")).map((one) => one.slice("person ".length));
  return { kind: "people", people };
}

/** A function, people by name, or the approvers of another organisation. */
export function WhoPicker({ label, who, kept, others = false, onChange }: WhoProps) {
  const groups = [
    { group: t("chain.byFunction"), items: FUNCTIONS.map((one) => ({ value: `function ${one}`, label: t(`reminders.all.${one}`) })) },
    { group: t("chain.byName"), items: kept.people.map(({ id, name }) => ({ value: `person ${id}`, label: name })) },
    ...(others
      ? [{ group: t("chain.elsewhere"), items: kept.organisations.map(({ organisation, name }) => ({ value: `organisation ${organisation}`, label: name })) }]
      : []),
  ];
  return <MultiSelect label={label} data={groups} value={valuesOf(who)} onChange={(values) => onChange(whoOf(values))} searchable hidePickedOptions />;
}
