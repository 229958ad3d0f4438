import { Anchor } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { takeBackFiledElsewhere, type FiledElsewhere } from "../../api/elsewhere";
import type { Duty, IncidentView } from "../../api/types";
import { Instant } from "../../parts/Instant";
import { WordsDialog } from "../../parts/WordsDialog";
import { t } from "../../text";
import classes from "./DutyDetail.module.css";
import { ElsewhereDialog } from "./ElsewhereDialog";
import { useMayReport } from "./useRecordForm";

interface ElsewhereProps {
  record: IncidentView;
  duty: Duty;
}

/** What was filed of a stage without Beffroi. */
export function Elsewhere({ record, duty }: ElsewhereProps) {
  const client = useQueryClient();
  const mayReport = useMayReport();
  const [wrong, setWrong] = useState<FiledElsewhere>();
  const noted = record.elsewhere.filter((filed) => filed.duty === duty.key);
  return (
    <>
      {noted.map((filed) => (
        <div key={filed.at} className={classes.line}>
          {t(`elsewhere.filed.${filed.way}`, { to: filed.to })} <Instant at={filed.at} short />
          {filed.reference && t("elsewhere.withReference", { reference: filed.reference })}{" "}
          <span className={classes.note}>
            {filed.proof_sha256 ? t("elsewhere.proven", { by: filed.by.name }) : t("elsewhere.stated", { by: filed.by.name })}
          </span>{" "}
          {mayReport && (
            <Anchor component="button" type="button" className="no-print" onClick={() => setWrong(filed)}>
              {t("elsewhere.takeBack")}
            </Anchor>
          )}
          {filed.note && <p className={classes.note}>{filed.note}</p>}
        </div>
      ))}
      {wrong && (
        <WordsDialog
          title={t("elsewhere.takeBackTitle")}
          label={t("elsewhere.reason")}
          help={t("elsewhere.reasonHelp")}
          act={t("elsewhere.takeBack")}
          most={4000}
          send={(reason) => takeBackFiledElsewhere(record.id, duty.key, { base_revision: record.revision, at: wrong.at, reason })}
          onDone={(view) => {
            client.setQueryData(["incident", record.id], view);
            void client.invalidateQueries({ queryKey: ["incident", record.id] });
            setWrong(undefined);
          }}
          onClose={() => setWrong(undefined)}
        />
      )}
    </>
  );
}

/** The way to note it. */
export function NoteElsewhere({ record, duty }: ElsewhereProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Anchor component="button" type="button" className="no-print" onClick={() => setOpen(true)}>
        {t("elsewhere.open")}
      </Anchor>
      {open && <ElsewhereDialog record={record} duty={duty} onClose={() => setOpen(false)} />}
    </>
  );
}
