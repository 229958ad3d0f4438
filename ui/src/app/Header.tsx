import { Tooltip, ActionIcon } from "@mantine/core";
import IconBell from "@tabler/icons-react/dist/esm/icons/IconBellFilled.mjs";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";

import type { Me } from "../api/types";
import { Icon } from "../parts/Icon";
import { LinkButton } from "../parts/LinkButton";
import { t } from "../text";
import { AccountMenu } from "./AccountMenu";
import classes from "./Shell.module.css";

const ApprovalsLink = lazy(() => import("./ApprovalsLink"));
const NoticeBell = lazy(() => import("./NoticeBell"));

interface HeaderProps {
  me: Me;
  onKeys: () => void;
  onPalette: () => void;
}

/** Where one is, where one can go, and for whom one acts. */
export function Header({ me, onKeys, onPalette }: HeaderProps) {
  const reports = me.portals.includes("report");
  const vets =
    me.functions.includes("officer") &&
    me.organisation.roles.some(({ role }) => role === "csirt" || role === "competent_authority");
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <Link to="/" className={classes.brand}>
          <Icon of={IconBell} size={22} />
          {t("app.name")}
        </Link>
        <nav className={classes.nav} aria-label={t("nav.label")}>
          {reports && (
            <>
              <Link to="/report" activeOptions={{ exact: true }} className={classes.link}>
                {t("nav.duties")}
              </Link>
              <Link to="/report/incidents" className={classes.link}>
                {t("nav.incidents")}
              </Link>
              <Link to="/report/calendar" className={classes.link}>
                {t("calendar.title")}
              </Link>
              {/* Administrators find it among the pages of administration: their bar is full. */}
              {!me.functions.includes("administrator") && (
                <Link to="/report/readiness" className={classes.link}>
                  {t("nav.readiness")}
                </Link>
              )}
            </>
          )}
          {(reports || me.portals.includes("approve") || me.functions.includes("administrator")) && (
            <Suspense>
              <ApprovalsLink />
            </Suspense>
          )}
          {me.portals.includes("authority") && (
            <Link to="/authority" activeOptions={{ exact: true }} className={classes.link}>
              {t("nav.inbox")}
            </Link>
          )}
          {me.portals.includes("authority") && (
            <Link to="/authority/statistics" className={classes.link}>
              {t("statistics.title")}
            </Link>
          )}
          {vets && (
            <Link to="/authority/registrations" className={classes.link}>
              {t("registrations.title")}
            </Link>
          )}
          {me.portals.includes("admin") && (
            <Link to={me.functions.includes("administrator") ? "/admin" : "/admin/organisations"} className={classes.link}>
              {t("admin.title")}
            </Link>
          )}
        </nav>
        <div className={classes.side}>
          {reports && me.functions.includes("reporter") && (
            <LinkButton to="/report/new" size="sm">
              {t("nav.new")}
            </LinkButton>
          )}
          <Tooltip label={t("palette.open")}>
            <ActionIcon variant="subtle" color="gray" size={34} aria-label={t("palette.open")} onClick={onPalette}>
              <Icon of={IconSearch} />
            </ActionIcon>
          </Tooltip>
          <Suspense fallback={<span style={{ width: 34 }} />}>
            <NoticeBell />
          </Suspense>
          <AccountMenu me={me} onKeys={onKeys} />
        </div>
      </div>
    </header>
  );
}
