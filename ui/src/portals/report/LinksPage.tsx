import { Stack } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";

import { linksWaiting } from "../../api/links";
import { Empty } from "../../parts/Empty";
import { PageTitle } from "../../parts/PageTitle";
import { t } from "../../text";
import { LinkCard } from "./LinkCard";

/** What other organisations told ours and it has not answered. */
export function LinksPage() {
  const { links } = useSuspenseQuery(linksWaiting).data;
  return (
    <Stack gap="md">
      <PageTitle>{t("links.title")}</PageTitle>
      {links.length === 0 && <Empty title={t("links.empty.title")} text={t("links.empty.text")} />}
      {links.map((link) => (
        <LinkCard key={link.id} link={link} />
      ))}
    </Stack>
  );
}
