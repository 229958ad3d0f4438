import type { Choice } from "../../api/types";

interface Option {
  value: string;
  label: string;
}

/** The choices as the list controls want them, under their headings where they have some. */
export function options(choices: Choice[]): (Option | { group: string; items: Option[] })[] {
  const plain: Option[] = [];
  const groups = new Map<string, Option[]>();
  for (const { id, label, group } of choices) {
    const option = { value: id, label };
    if (group) groups.set(group, [...(groups.get(group) ?? []), option]);
    else plain.push(option);
  }
  return [...plain, ...[...groups].map(([group, items]) => ({ group, items }))];
}
