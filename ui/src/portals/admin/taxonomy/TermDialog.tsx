import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import type { Edit, OfficialValue, OwnTerm, TaxonomyView, TermMatch, TermWords } from "../../../api/taxonomy";
import { Dialog } from "../../../parts/Dialog";
import { Refused } from "../../../parts/Refused";
import { wordsOf } from "../../../parts/termWords";
import { t } from "../../../text";
import { slugOf } from "./HeadForm";
import { MatchesInput } from "./MatchesInput";
import { placeOf, placeParts, places } from "./tree";
import { WordsInput } from "./WordsInput";

interface TermDialogProps {
  view: TaxonomyView;
  below?: OfficialValue;
  own?: OwnTerm;
  send: (edit: Edit) => Promise<TaxonomyView>;
  onDone: (next: TaxonomyView) => void;
  onClose: () => void;
}

const filled = (words: TermWords): TermWords =>
  Object.fromEntries(Object.entries(words).filter(([, text]) => text.trim() !== ""));

/** Adds a term, or renames, moves and maps one. */
export function TermDialog({ view, below, own, send, onDone, onClose }: TermDialogProps) {
  const term = own?.term;
  const [place, setPlace] = useState(term ? placeOf({ list: term.list, value: term.below }) : below ? placeOf(below) : "");
  const [label, setLabel] = useState<TermWords>(term?.label ?? {});
  const [help, setHelp] = useState<TermWords>(term?.help ?? {});
  const [slug, setSlug] = useState<string>();
  const [matches, setMatches] = useState<TermMatch[]>(term?.matches ?? []);
  const short = slug ?? slugOf(wordsOf(filled(label)));
  const save = useMutation({
    mutationFn: () => {
      const said = { ...placeParts(place), label: filled(label), help: filled(help), matches: matches.filter(({ to }) => to.trim() !== "") };
      return send(term ? { kind: "change", term: term.id, ...said } : { kind: "add", slug: short, ...said });
    },
    onSuccess: onDone,
  });
  return (
    <Dialog title={term ? t("terms.changeTitle", { label: wordsOf(term.label) }) : t("terms.addTitle")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <Select
            label={t("terms.below")}
            description={own && own.used > 0 ? t("terms.moveHelp") : t("terms.belowHelp")}
            data={places(view)}
            value={place}
            onChange={(next) => next && setPlace(next)}
            searchable
            allowDeselect={false}
          />
          <WordsInput legend={t("terms.label")} words={label} onChange={setLabel} maxLength={200} required />
          <WordsInput legend={t("terms.help")} words={help} onChange={setHelp} maxLength={2000} long />
          {!term && (
            <TextInput label={t("terms.slug")} description={t("terms.slugHelp")} required maxLength={64} value={short} onChange={(event) => setSlug(event.currentTarget.value)} />
          )}
          <MatchesInput matches={matches} onChange={setMatches} />
          <Refused error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending}>{term ? t("admin.save") : t("terms.addAct")}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
