import { Anchor, Stack, Text, Title } from "@mantine/core";

import type { RecipientPreview } from "../../api/types";
import { Diff } from "../../parts/Diff";
import { ExportMenu } from "../../parts/ExportMenu";
import { FiledContent } from "../../parts/FiledContent";
import { Org } from "../../parts/Org";
import { t } from "../../text";

/** The copy of one recipient: what it gets, what changed for it, what it does not get; and where it is as PDF. */
export function RecipientCopy({ copy, paper, of }: { copy: RecipientPreview; paper: string; of: { incident: string; duty: string } }) {
  const { organisation, why, groups, withheld, changes } = copy;
  return (
    <Stack gap="md" data-recipient={organisation.name}>
      <div>
        <Text size="lg">
          {t("preview.intro")}{" "}
          <strong>
            <Org name={organisation.name} />
          </strong>
        </Text>
        <Text c="dimmed">{t("preview.why", { why })}</Text>
        <Anchor href={`${paper}?recipient=${organisation.id}`} download className="no-print">
          {t("preview.paper")}
        </Anchor>{" "}
        <ExportMenu of={{ ...of, recipient: organisation.id }} />
      </div>
      {withheld.length > 0 && (
        <section className="sheet" style={{ padding: 16 }}>
          <Title order={2}>{t("preview.withheld", { name: organisation.name })}</Title>
          <ul>
            {withheld.map((part) => (
              <li key={`${part.group}${part.title}`}>{t("preview.withheldPart", { title: part.title, why: part.why })}</li>
            ))}
          </ul>
        </section>
      )}
      {changes.length > 0 && (
        <section className="sheet" style={{ padding: 16 }}>
          <Title order={2}>{t("preview.changes")}</Title>
          <Diff changes={changes} />
        </section>
      )}
      <FiledContent groups={groups} />
    </Stack>
  );
}
