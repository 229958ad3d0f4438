import { Button } from "@mantine/core";
import IconBell from "@tabler/icons-react/dist/esm/icons/IconBellFilled.mjs";

import { Icon } from "../parts/Icon";
import { t } from "../text";
import { PageBody } from "./PageBody";
import classes from "./Shell.module.css";

/** What stands around a page for everybody. */
export function PublicShell() {
  return (
    <>
      <a href="#page" className={classes.skip}>
        {t("app.skip")}
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <a href="/login" className={classes.brand}>
            <Icon of={IconBell} size={22} />
            {t("app.name")}
          </a>
          <span className={classes.nav} />
          <div className={classes.side}>
            <Button component="a" href="/login" variant="default" size="sm">
              {t("finder.signIn")}
            </Button>
          </div>
        </div>
      </header>
      <PageBody />
    </>
  );
}
