import { Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { taxonomyVersions, type TaxonomyView } from "../../../api/taxonomy";
import { Instant } from "../../../parts/Instant";
import { t } from "../../../text";
import { ChangeLines } from "./ChangeLines";

/** Who changed what when, newest first. */
export function Versions({ view }: { view: TaxonomyView }) {
  const versions = useQuery(taxonomyVersions).data?.versions ?? [];
  return (
    <section className="sheet" style={{ padding: 20 }} aria-labelledby="terms-versions">
      <Title order={2} size="h3" id="terms-versions" mb="xs">{t("terms.versions")}</Title>
      <Text size="sm" c="dimmed">{t("terms.versionNow", { version: view.version })}</Text>
      <ol reversed style={{ paddingLeft: 28 }}>
        {versions.map(({ version, at, by, changes }) => (
          <li key={version} value={version} style={{ marginTop: 8 }}>
            <Instant at={at} short /> {by.name}
            <ChangeLines changes={changes} />
          </li>
        ))}
      </ol>
    </section>
  );
}
