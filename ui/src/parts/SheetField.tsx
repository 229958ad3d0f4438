import { Button, CopyButton } from "@mantine/core";

import type { SheetRow } from "../api/exports";
import { t } from "../text";
import classes from "./SheetField.module.css";

/** One field of a portal: its number and label there, what to write, how long it is, and a button that copies it. */
export function SheetField({ row }: { row: SheetRow }) {
  const count = row.limit === null ? t("sheet.length", { length: row.length }) : t("sheet.lengthOf", { length: row.length, limit: row.limit });
  return (
    <li className={`sheet ${classes.row}`}>
      <span className={classes.number}>{row.number}</span>
      <span className={classes.label}>
        {row.label}
        {row.required && row.text === "" && <span className={classes.over}> {t("sheet.required")}</span>}
      </span>
      {row.text === "" ? <span className={classes.none}>{t("sheet.nothing")}</span> : <span className={classes.text}>{row.text}</span>}
      {row.text !== "" && (
        <span className={classes.side}>
          <CopyButton value={row.text} timeout={4000}>
            {({ copied, copy }) => (
              <Button variant="default" size="compact-sm" className="no-print" onClick={copy} aria-label={t("sheet.copyField", { label: row.label })}>
                {copied ? t("sheet.copied") : t("sheet.copy")}
              </Button>
            )}
          </CopyButton>
          <span className={row.too_long ? `${classes.count} ${classes.over}` : classes.count}>
            {row.too_long ? t("sheet.over", { count }) : count}
          </span>
        </span>
      )}
    </li>
  );
}
