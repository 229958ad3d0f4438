import { Tooltip, ActionIcon } from "@mantine/core";
import IconBell from "@tabler/icons-react/dist/esm/icons/IconBellFilled.mjs";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import { Link } from "@tanstack/react-router";

import type { Me } from "../api/types";
import { Icon } from "../parts/Icon";
import { LinkButton } from "../parts/LinkButton";
import { t } from "../text";
import { AccountMenu } from "./AccountMenu";
import classes from "./Shell.module.css";

interface HeaderProps {
  me: Me;
  onKeys: () => void;
  onPalette: () => void;
}

/** Where one is, where one can go, and for whom one acts. */
export function Header({ me, onKeys, onPalette }: HeaderProps) {
  const reports = me.portals.includes("report");
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
            </>
          )}
          {me.portals.includes("authority") && (
            <Link to="/authority" className={classes.link}>
              {t("nav.inbox")}
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
          <AccountMenu me={me} onKeys={onKeys} />
        </div>
      </div>
    </header>
  );
}
