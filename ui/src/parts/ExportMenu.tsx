import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { exportsOf, fileOf, type Exported, type ExportFormat } from "../api/exports";
import { t, tn } from "../text";
import { refusalInWords } from "./refusalInWords";

/** "Download as": every format in which a report is offered, and the sheets of portals to copy from. */
export function ExportMenu({ of, withSheets = true }: { of: Exported; withSheets?: boolean }) {
  const [opened, setOpened] = useState(false);
  const { data, error } = useQuery({ ...exportsOf(of), enabled: opened });
  const formats = data?.formats;
  const sheets = (formats ?? []).filter(({ id, sheet }) => withSheets && id === sheet);
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" width={340} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" size="compact-md" className="no-print">
          {t("export.open")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="60vh" style={{ overflowY: "auto" }}>
        {!formats && <Menu.Label>{error ? refusalInWords(error) : t("app.loading")}</Menu.Label>}
        {sheets.map((format) => (
          <Menu.Item key={`sheet-${format.id}`} renderRoot={(props) => <SheetLink of={of} sheet={format.id} {...props} />}>
            {t("export.sheet")}
          </Menu.Item>
        ))}
        {(formats ?? []).map((format) => (
          <Menu.Item key={format.id} component="a" href={fileOf(of, format.id)} download>
            {format.name}
            <Remark format={format} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function SheetLink({ of, sheet, ...props }: { of: Exported; sheet: string }) {
  return "filing" in of ? (
    <Link to="/report/filings/$id/sheet/$sheet" params={{ id: of.filing, sheet }} {...props} />
  ) : (
    <Link to="/report/incidents/$id/duties/$duty/sheet/$sheet" params={{ id: of.incident, duty: of.duty, sheet }} search={{ recipient: of.recipient }} {...props} />
  );
}

/** What the format does not take of this report. */
function Remark({ format: { errors, losses } }: { format: ExportFormat }) {
  if (errors.length === 0 && losses.length === 0) return null;
  const words = errors.length > 0 ? tn("export.errors", errors.length) : tn("export.losses", losses.length);
  const all = [...errors, ...losses].map(({ message }) => message).join("\n");
  return (
    <span title={all} style={{ display: "block", fontSize: 13, color: errors.length > 0 ? "var(--late)" : "var(--mantine-color-dimmed)" }}>
      {words}
    </span>
  );
}
