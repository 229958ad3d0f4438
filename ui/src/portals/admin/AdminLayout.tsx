import { Group, Stack } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { me } from "../../api/queries";
import shell from "../../app/Shell.module.css";
import { t } from "../../text";

/** The pages of who keeps an organisation or the node, side by side. */
export function AdminLayout({ children }: { children: ReactNode }) {
  const { functions } = useSuspenseQuery(me).data;
  const keeps = functions.includes("administrator");
  return (
    <Stack gap="md">
      <nav aria-label={t("admin.title")}>
        <Group gap="xs">
          {keeps && (
            <>
              <Link to="/admin" activeOptions={{ exact: true }} className={shell.link}>{t("people.title")}</Link>
              <Link to="/admin/organisation" className={shell.link}>{t("organisation.title")}</Link>
              <Link to="/admin/clients" className={shell.link}>{t("clients.title")}</Link>
              <Link to="/report/readiness" className={shell.link}>{t("readiness.title")}</Link>
              <Link to="/admin/reminders" className={shell.link}>{t("reminders.title")}</Link>
              <Link to="/admin/terms" className={shell.link}>{t("terms.title")}</Link>
              <Link to="/report/approvals/chain" className={shell.link}>{t("chain.title")}</Link>
            </>
          )}
          <Link to="/admin/recipients" className={shell.link}>{t("recipients.title")}</Link>
          {functions.includes("operator") && (
            <Link to="/admin/organisations" className={shell.link}>{t("node.title")}</Link>
          )}
        </Group>
      </nav>
      {children}
    </Stack>
  );
}
