import { Button, Select, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import type { Edit, OwnTerm, TaxonomyView } from "../../../api/taxonomy";
import { Dialog } from "../../../parts/Dialog";
import { Refused } from "../../../parts/Refused";
import { wordsOf } from "../../../parts/termWords";
import { t, tn } from "../../../text";
import { termsOf } from "./tree";

interface RetireProps {
  view: TaxonomyView;
  own: OwnTerm;
  send: (edit: Edit) => Promise<TaxonomyView>;
  onDone: (next: TaxonomyView) => void;
  onClose: () => void;
}

/** Retires a term: what will happen, and which one to choose instead. */
export function RetireDialog({ view, own, send, onDone, onClose }: RetireProps) {
  const [instead, setInstead] = useState<string | null>(null);
  const retire = useMutation({
    mutationFn: () => send({ kind: "retire", term: own.term.id, replaced_by: instead ?? undefined }),
    onSuccess: onDone,
  });
  const others = termsOf(view).filter(({ term }) => term.id !== own.term.id && !term.retired);
  return (
    <Dialog title={t("terms.retireTitle", { label: wordsOf(own.term.label) })} onClose={onClose} size="md">
      <Stack>
        <Text>{t("terms.retireText")}</Text>
        <Text>{own.used > 0 ? tn("terms.used", own.used) : t("terms.unused")}</Text>
        <Select
          label={t("terms.instead")}
          placeholder={t("terms.insteadNone")}
          data={others.map(({ term }) => ({ value: term.id, label: wordsOf(term.label) }))}
          value={instead}
          onChange={setInstead}
          searchable
          clearable
          clearButtonProps={{ "aria-label": t("field.clear") }}
        />
        <Refused error={retire.error} />
        <Button onClick={() => retire.mutate()} loading={retire.isPending}>{t("terms.retire")}</Button>
      </Stack>
    </Dialog>
  );
}
