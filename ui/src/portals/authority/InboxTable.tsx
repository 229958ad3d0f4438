import { Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import type { InboxRow } from "../../api/types";
import { Countdown } from "../../parts/Countdown";
import { FilingStateMark } from "../../parts/FilingStateMark";
import { Instant } from "../../parts/Instant";
import { Mark } from "../../parts/Mark";
import { Marking } from "../../parts/Marking";
import { Org } from "../../parts/Org";
import { Severity } from "../../parts/Severity";
import { t } from "../../text";
import classes from "./InboxTable.module.css";

/** j and k go from line to line. */
function useRowKeys() {
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey) return;
      const by = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (by === 0) return;
      const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>("a[data-row]") ?? [])];
      const at = links.findIndex((link) => link === document.activeElement);
      links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return body;
}

/** The filings, one line each. */
export function InboxTable({ rows }: { rows: InboxRow[] }) {
  const body = useRowKeys();
  return (
    <div className="sheet scroll" tabIndex={0} role="region" aria-label={t("inbox.title")}>
      <Table horizontalSpacing="md" verticalSpacing={8} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("inbox.what")}</Table.Th>
            <Table.Th>{t("inbox.from")}</Table.Th>
            <Table.Th>{t("inbox.state")}</Table.Th>
            <Table.Th>{t("inbox.respondBy")}</Table.Th>
            <Table.Th>{t("inbox.severity")}</Table.Th>
            <Table.Th>{t("inbox.filed")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody ref={body}>
          {rows.map((row) => (
            <Line key={row.filing} row={row} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Line({ row }: { row: InboxRow }) {
  return (
    <Table.Tr className={row.unread ? classes.unread : undefined}>
      <Table.Td className={classes.what}>
        <Link to="/authority/filings/$id" params={{ id: row.filing }} data-row className={classes.link}>
          {row.title ?? t("incident.untitled")}
        </Link>
        <div className={classes.quiet}>
          {row.unread && <Mark tone="accent">{t("inbox.new")}</Mark>} {t("duty.name", { law: row.law, title: row.stage_title })}
          {row.version > 1 && <> {t("filing.version", { version: row.version })}</>} {row.late && <Mark tone="late">{t("filing.late")}</Mark>} <Marking of={row.marking} />
        </div>
      </Table.Td>
      <Table.Td>
        <Org name={row.from.name} />
        <div className={classes.quiet}>
          {row.sector?.replaceAll("_", " ")} {row.cross_border && <Mark>{t("inbox.crossBorderMark")}</Mark>}
        </div>
      </Table.Td>
      <Table.Td>
        {row.for_information ?? <FilingStateMark state={row.state} />}
      </Table.Td>
      <Table.Td>{row.response_due_at && <Countdown at={row.response_due_at} short />}</Table.Td>
      <Table.Td>{row.severity && <Severity value={row.severity} />}</Table.Td>
      <Table.Td>
        <Instant at={row.filed_at} short />
        <div className={`${classes.quiet} ${classes.whole}`}>{row.reference}</div>
      </Table.Td>
    </Table.Tr>
  );
}
