import { Button, CloseButton, Fieldset, Group, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";

import type { MatchKind, TermMatch } from "../../../api/taxonomy";
import { t } from "../../../text";

const KINDS: MatchKind[] = ["exact", "close", "broad", "narrow", "related"];

interface Row extends TermMatch {
  id: string;
}

/** What the term is called in other taxonomies. */
export function MatchesInput({ matches, onChange }: { matches: TermMatch[]; onChange: (matches: TermMatch[]) => void }) {
  const [rows, setRows] = useState<Row[]>(() => matches.map((match) => ({ ...match, id: crypto.randomUUID() })));
  const become = (next: Row[]) => {
    setRows(next);
    onChange(next.map(({ kind, to }) => ({ kind, to })));
  };
  const change = (id: string, part: Partial<TermMatch>) =>
    become(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  return (
    <Fieldset legend={t("terms.matches")}>
      <Stack gap="xs">
        {rows.map(({ id, kind, to }) => (
          <Group key={id} gap="xs" wrap="nowrap" align="flex-end">
            <Select
              w={150}
              aria-label={t("terms.matchKind")}
              data={KINDS.map((one) => ({ value: one, label: t(`terms.match.${one}`) }))}
              value={kind}
              onChange={(next) => next && change(id, { kind: next as MatchKind })}
              allowDeselect={false}
            />
            <TextInput
              style={{ flex: 1 }}
              aria-label={t("terms.matchTo")}
              placeholder={'rsit:intrusions="system-compromise"'}
              value={to}
              onChange={(event) => change(id, { to: event.currentTarget.value })}
            />
            <CloseButton aria-label={t("terms.matchRemove")} onClick={() => become(rows.filter((row) => row.id !== id))} />
          </Group>
        ))}
        <Group>
          <Button variant="default" size="compact-sm" onClick={() => become([...rows, { id: crypto.randomUUID(), kind: "exact", to: "" }])}>
            {t("terms.matchAdd")}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
