import type { OrganisationBrief } from "../../api/types";
import type { Receiver, ReminderPlan } from "../../api/work";
import { t } from "../../text";

const FUNCTIONS = ["reporter", "administrator", "approver", "auditor", "officer"] as const;
type Told = (typeof FUNCTIONS)[number];

export interface Option {
  value: string;
  label: string;
}

/** Whom a step can tell, for a box in which one chooses several. */
export function receiverOptions(people: ReminderPlan["people"], others: OrganisationBrief[]): Option[] {
  return [
    ...FUNCTIONS.map((name) => ({ value: `function ${name}`, label: t(`reminders.all.${name}`) })),
    ...people.map(({ user, name }) => ({ value: `person ${user}`, label: name })),
    ...others.flatMap(({ id, name }) =>
      FUNCTIONS.map((told) => ({
        value: `organisation ${id} ${told}`,
        label: t("reminders.of", { who: t(`reminders.all.${told}`), name }),
      })),
    ),
  ];
}

/** The receiver that a chosen line stands for. */
export function receiverOf(value: string): Receiver {
  const [who, id = "", told] = value.split(" ");
  if (who === "person") return { who: "person", user: id };
  if (who === "organisation") return { who: "organisation", organisation: id, function: told as Told };
  return { who: "function", function: id as Told };
}

/** The line that stands for a receiver. */
export function valueOf(receiver: Receiver): string {
  if (receiver.who === "person") return `person ${receiver.user}`;
  if (receiver.who === "organisation") return `organisation ${receiver.organisation} ${receiver.function}`;
  return `function ${receiver.function}`;
}
