import { Alert } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";

import { sentFiling, sentFilings } from "../../api/queries";
import { t } from "../../text";

/** That an authority marked what it said so that nobody may be warned by what is done. */
export function SecrecyBanner({ incident }: { incident: string }) {
  const filings = useQuery(sentFilings).data?.filings.filter((filing) => filing.incident === incident) ?? [];
  const views = useQueries({ queries: filings.map(({ id }) => sentFiling(id)) });
  const marked = views.flatMap(({ data }) => data?.messages ?? []).filter(({ marking }) => marking.pap === "PAP:RED");
  const names = [...new Set(marked.map(({ from }) => from.name))];
  return names.map((name) => (
    <Alert key={name} variant="outline" color="red.9" mb="md" title={t("secrecy.banner", { name })}>
      {t("secrecy.rule")}
    </Alert>
  ));
}
