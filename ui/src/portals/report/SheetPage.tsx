import { Alert } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";

import { sheetOf, type Exported } from "../../api/exports";
import { PageTitle } from "../../parts/PageTitle";
import { SheetField } from "../../parts/SheetField";
import { t, tn } from "../../text";

const ofFiling = getRouteApi("/report/filings/$id/sheet/$sheet");
const ofDraft = getRouteApi("/report/incidents/$id/duties/$duty/sheet/$sheet");

/** The fields of a portal with what was filed, to copy one by one. */
export function FilingSheetPage() {
  const { id, sheet } = ofFiling.useParams();
  return (
    <>
      <Link to="/report/filings/$id" params={{ id }} className="no-print">
        {t("sheet.backToFiling")}
      </Link>
      <Fields of={{ filing: id }} sheet={sheet} />
    </>
  );
}

/** The fields of a portal with what would be filed now. */
export function DraftSheetPage() {
  const { id, duty, sheet } = ofDraft.useParams();
  const { recipient } = ofDraft.useSearch();
  return (
    <>
      <Link to="/report/incidents/$id/duties/$duty" params={{ id, duty }} search={{ step: "preview" }} className="no-print">
        {t("sheet.backToStage")}
      </Link>
      <Fields of={{ incident: id, duty, recipient }} sheet={sheet} />
      <p className="no-print">
        {t("sheet.then")}{" "}
        <Link to="/report/incidents/$id" params={{ id }} search={{ tab: "duties" }}>
          {t("sheet.noteIt")}
        </Link>
      </p>
    </>
  );
}

function Fields({ of, sheet }: { of: Exported; sheet: string }) {
  const { name, version, rows } = useSuspenseQuery(sheetOf(of, sheet)).data;
  const tooLong = rows.filter((row) => row.too_long).length;
  return (
    <>
      <PageTitle mb="xs">{name}</PageTitle>
      <p className="facts">{t("sheet.intro", { version })}</p>
      {tooLong > 0 && <Alert color="red" variant="outline" mb="md" title={tn("sheet.tooLong", tooLong)} />}
      <ol style={{ listStyle: "none", padding: 0, margin: 0, display: "grid", gap: 8 }}>
        {rows.map((row) => (
          <SheetField key={row.number} row={row} />
        ))}
      </ol>
    </>
  );
}
