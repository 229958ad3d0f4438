import { MultiSelect } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { others, tellOthers } from "../../api/links";
import { WordsDialog } from "../../parts/WordsDialog";
import { t } from "../../text";

/** Tells other organisations of the node about an incident. */
export function TellDialog({ incident, onClose }: { incident: string; onClose: () => void }) {
  const client = useQueryClient();
  const [letters, setLetters] = useState("");
  const found = useQuery(others(letters)).data ?? [];
  const [names, setNames] = useState<Record<string, string>>({});
  const known = { ...names, ...Object.fromEntries(found.map(({ id, name }) => [id, name])) };
  const [whom, setWhom] = useState<string[]>([]);
  return (
    <WordsDialog
      title={t("links.tellTitle")}
      label={t("links.note")}
      help={t("links.noteHelp")}
      act={t("links.tellSend")}
      most={2000}
      choice={whom.join(" ")}
      ready={whom.length > 0}
      send={(note, key) => tellOthers(incident, whom, note, key)}
      onDone={() => {
        void client.invalidateQueries({ queryKey: ["incident", incident, "links"] });
        onClose();
      }}
      onClose={onClose}
    >
      <MultiSelect
        label={t("links.whom")}
        description={t("links.whomHelp")}
        data={Object.entries(known).map(([value, label]) => ({ value, label }))}
        value={whom}
        onChange={(next) => {
          setNames(known);
          setWhom(next);
        }}
        searchValue={letters}
        onSearchChange={setLetters}
        searchable
        hidePickedOptions
      />
    </WordsDialog>
  );
}
