import type { Function } from "../../api/types";
import { t } from "../../text";

/** A function as people say it. */
export const functionName = (name: Function) => t(`function.${name}`);

/** A role as the laws name it. */
export function roleName(role: string): string {
  const words = role.replaceAll("_", " ");
  return words === "csirt" || words === "spoc" || words === "enisa" ? words.toUpperCase() : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Choices as a list to choose from wants them. */
export const options = (list: { id: string; label: string }[]) => list.map(({ id, label }) => ({ value: id, label }));
