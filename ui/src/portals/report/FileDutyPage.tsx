import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";

import { draftOf } from "../../api/drafts";
import * as queries from "../../api/queries";
import { Loading } from "../../app/Loading";
import { NotFound } from "../../app/NotFound";
import { PageTitle } from "../../parts/PageTitle";
import { t } from "../../text";
import { DutyForm } from "./DutyForm";
import { Preview } from "./Preview";
import { useUnsaved } from "./useRecordForm";

const route = getRouteApi("/report/incidents/$id/duties/$duty");

/** Filing one stage: its questions, then exactly what the recipient will see, then the act. */
export function FileDutyPage() {
  const { id, duty: key } = route.useParams();
  const { step } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [checking, setChecking] = useState(false);
  const record = useSuspenseQuery(queries.incident(id)).data;
  const draft = draftOf(client, id, record.revision);
  draft.seen(record.revision);
  // What is previewed is what is saved: answers still on their way come first.
  const { state, pending } = useUnsaved(draft);
  const saved = pending.size === 0;
  const onItsWay = !saved && (state === "waiting" || state === "saving");
  const duty = record.duties.find((one) => one.key === key);
  if (!duty) return <NotFound />;

  async function check(): Promise<boolean> {
    setChecking(true);
    const done = await draft.flush();
    setChecking(false);
    if (done) await navigate({ search: { step: "preview" } });
    return done;
  }

  return (
    <>
      <Link to="/report/incidents/$id" params={{ id }} search={{ tab: "duties" }} className="no-print">
        {t("file.backTo", { title: record.title ?? t("incident.untitled") })}
      </Link>
      <div style={{ margin: "4px 0 16px" }}>
        <PageTitle>{t("duty.name", { law: duty.law, title: duty.title })}</PageTitle>
        <div className="facts">{duty.article}</div>
      </div>
      {step === "preview" && onItsWay && <Loading />}
      {step === "preview" && saved && (
        <Preview record={record} duty={duty} onBack={() => void navigate({ search: {} })} />
      )}
      {(step !== "preview" || !(saved || onItsWay)) && (
        <DutyForm record={record} duty={duty} draft={draft} onCheck={check} checking={checking} />
      )}
    </>
  );
}
