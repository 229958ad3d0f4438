import { Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { taxonomy, type TaxonomyView } from "../../../api/taxonomy";
import { PageTitle } from "../../../parts/PageTitle";
import { told } from "../../../parts/told";
import { t } from "../../../text";
import { AdminLayout } from "../AdminLayout";
import { Downloads } from "./Downloads";
import { HeadForm } from "./HeadForm";
import { ImportTermsDialog } from "./ImportTermsDialog";
import { ListTree } from "./ListTree";
import { TermDialogs, type Doing } from "./TermDialogs";
import { Versions } from "./Versions";

/** The own terms of the organisation below the official values. */
export function TaxonomyPage() {
  const view = useSuspenseQuery(taxonomy).data;
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing>();
  const [importing, setImporting] = useState(false);
  const took = (next: TaxonomyView, words: string) => {
    client.setQueryData(taxonomy.queryKey, next);
    void client.invalidateQueries({ queryKey: ["admin", "taxonomy", "versions"] });
    void client.invalidateQueries({ queryKey: ["incident"] });
    setDoing(undefined);
    told(words);
  };
  const begun = view.version > 0;
  return (
    <AdminLayout>
      <PageTitle>{t("terms.title")}</PageTitle>
      <Text c="dimmed" maw={720}>{t("terms.intro")}</Text>
      <HeadForm view={view} onSaved={(next) => took(next, t("terms.saved"))} />
      {begun && (
        <Group>
          <Downloads />
          <Button variant="default" onClick={() => setImporting(true)}>{t("terms.import")}</Button>
        </Group>
      )}
      <Stack gap="md">
        {view.lists.map((list) => (
          <ListTree key={list.list} list={list} begun={begun} onDo={setDoing} />
        ))}
      </Stack>
      {begun && <Versions view={view} />}
      {doing && <TermDialogs view={view} doing={doing} onDone={took} onClose={() => setDoing(undefined)} />}
      {importing && (
        <ImportTermsDialog
          view={view}
          onDone={() => {
            setImporting(false);
            told(t("terms.imported"));
            void client.invalidateQueries({ queryKey: ["admin", "taxonomy"] });
          }}
          onClose={() => setImporting(false)}
        />
      )}
    </AdminLayout>
  );
}
