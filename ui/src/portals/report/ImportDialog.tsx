import { Alert, Button, FileInput, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { importReport, type ImportedIncident } from "../../api/exports";
import { Dialog } from "../../parts/Dialog";
import { Refused } from "../../parts/Refused";
import { t, tn } from "../../text";

/** Starts a record from a report that was filed elsewhere, and says what was not taken. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const importing = useMutation({
    mutationFn: async (chosen: File) => importReport(await chosen.text(), key),
  });
  return (
    <Dialog title={t("import.title")} onClose={onClose}>
      {importing.data ? (
        <Taken imported={importing.data} />
      ) : (
        <Stack gap="md">
          <Text>{t("import.intro")}</Text>
          <FileInput
            label={t("import.file")}
            placeholder={t("import.choose")}
            accept=".json,.csv,application/json,text/csv"
            value={file}
            onChange={(chosen) => {
              setFile(chosen);
              setKey(crypto.randomUUID());
            }}
          />
          {importing.error && <Refused error={importing.error} />}
          <Group>
            <Button disabled={!file} loading={importing.isPending} onClick={() => file && importing.mutate(file)}>
              {t("import.act")}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

function Taken({ imported: { incident, taken, problems, losses } }: { imported: ImportedIncident }) {
  return (
    <Stack gap="md">
      <Text>{tn("import.taken", taken.length)}</Text>
      {problems.length > 0 && (
        <Alert color="red" variant="outline" title={tn("import.problems", problems.length)}>
          <ul>
            {problems.map(({ pointer, message }) => (
              <li key={pointer + message}>{message}</li>
            ))}
          </ul>
        </Alert>
      )}
      {losses.length > 0 && (
        <Alert variant="outline" title={tn("import.losses", losses.length)}>
          <ul>
            {losses.map(({ pointer }) => (
              <li key={pointer}>{pointer}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Group>
        <Button renderRoot={(props) => <Link to="/report/incidents/$id" params={{ id: incident.id }} {...props} />}>{t("import.open")}</Button>
      </Group>
    </Stack>
  );
}
