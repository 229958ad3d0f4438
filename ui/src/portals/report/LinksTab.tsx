import { Button, Group, Stack, Text } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { linksOf } from "../../api/links";
import { t } from "../../text";
import { LinkCard } from "./LinkCard";
import { TellDialog } from "./TellDialog";
import { useMayReport } from "./useRecordForm";

/** The organisations that this incident concerns too: a provider, or the customers of one. */
export function LinksTab({ incident }: { incident: string }) {
  const { links } = useSuspenseQuery(linksOf(incident)).data;
  const [telling, setTelling] = useState(false);
  const mayReport = useMayReport();
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text maw="70ch">{t("links.intro")}</Text>
        {mayReport && <Button onClick={() => setTelling(true)}>{t("links.tell")}</Button>}
      </Group>
      {links.map((link) => (
        <LinkCard key={link.id} link={link} />
      ))}
      {telling && <TellDialog incident={incident} onClose={() => setTelling(false)} />}
    </Stack>
  );
}
