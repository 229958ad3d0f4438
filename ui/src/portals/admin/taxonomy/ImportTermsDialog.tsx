import { Alert, Button, FileInput, Group, Select, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { importTaxonomy, type ImportedTaxonomy, type TaxonomyView } from "../../../api/taxonomy";
import { Dialog } from "../../../parts/Dialog";
import { Refused } from "../../../parts/Refused";
import { t, tn } from "../../../text";
import { ChangeLines } from "./ChangeLines";
import { placeParts, places } from "./tree";

interface ImportProps {
  view: TaxonomyView;
  onDone: () => void;
  onClose: () => void;
}

/** Takes a file of machine tags: first what would change, then the change itself. */
export function ImportTermsDialog({ view, onDone, onClose }: ImportProps) {
  const [file, setFile] = useState<File | null>(null);
  const [place, setPlace] = useState<string | null>(null);
  const send = async (only_look: boolean) => {
    const document = (await file?.text()) ?? "";
    return importTaxonomy({ base_version: view.version, document, only_look, ...(place ? placeParts(place) : {}) });
  };
  const look = useMutation({ mutationFn: () => send(true) });
  const take = useMutation({ mutationFn: () => send(false), onSuccess: onDone });
  return (
    <Dialog title={t("terms.importTitle")} onClose={onClose}>
      <Stack>
        <Text>{t("terms.importText")}</Text>
        <FileInput
          label={t("import.file")}
          placeholder={t("import.choose")}
          accept=".json,application/json"
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            look.reset();
          }}
        />
        <Select
          label={t("terms.importBelow")}
          description={t("terms.importBelowHelp")}
          data={places(view)}
          value={place}
          onChange={(next) => {
            setPlace(next);
            look.reset();
          }}
          searchable
          clearable
          clearButtonProps={{ "aria-label": t("field.clear") }}
        />
        <Refused error={look.error ?? take.error} />
        {look.data && <Would told={look.data} />}
        <Group>
          <Button variant={look.data ? "default" : "filled"} disabled={!file} loading={look.isPending} onClick={() => look.mutate()}>
            {t("terms.importLook")}
          </Button>
          {look.data && look.data.changes.length > 0 && (
            <Button loading={take.isPending} onClick={() => take.mutate()}>
              {tn("terms.importAct", look.data.changes.length)}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

function Would({ told }: { told: ImportedTaxonomy }) {
  return (
    <>
      {told.changes.length === 0 ? (
        <Text>{t("terms.importNothing")}</Text>
      ) : (
        <ChangeLines changes={told.changes} />
      )}
      {told.losses.length > 0 && (
        <Alert variant="outline" title={tn("import.losses", told.losses.length)}>
          <ul>
            {told.losses.slice(0, 20).map(({ pointer, message }) => (
              <li key={pointer}>{message}</li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}
