import "@mantine/spotlight/styles.css";

import { Spotlight, type SpotlightActionData } from "@mantine/spotlight";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

import * as queries from "../api/queries";
import { t } from "../text";
import { palette } from "./paletteStore";

/** Go anywhere by typing a few letters. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const me = useSuspenseQuery(queries.me).data;
  const reports = me.portals.includes("report");
  const duties = useQuery({ ...queries.duties, enabled: reports });
  const navigate = useNavigate();
  useEffect(() => palette.open(), []);

  const actions: SpotlightActionData[] = [
    ...(reports
      ? [
          { id: "new", label: t("nav.new"), onClick: () => void navigate({ to: "/report/new" }) },
          { id: "duties", label: t("nav.duties"), onClick: () => void navigate({ to: "/report" }) },
          { id: "readiness", label: t("readiness.title"), onClick: () => void navigate({ to: "/report/readiness" }) },
          { id: "incidents", label: t("nav.incidents"), onClick: () => void navigate({ to: "/report/incidents" }) },
        ]
      : []),
    ...(me.portals.includes("authority")
      ? [
          { id: "inbox", label: t("nav.inbox"), onClick: () => void navigate({ to: "/authority" }) },
          { id: "statistics", label: t("statistics.title"), onClick: () => void navigate({ to: "/authority/statistics" }) },
        ]
      : []),
    ...(me.portals.includes("admin")
      ? [{ id: "admin", label: t("admin.title"), onClick: () => void navigate({ to: "/admin" }) }]
      : []),
    { id: "finder", label: t("finder.title"), onClick: () => void navigate({ to: "/duties" }) },
    { id: "account", label: t("security.title"), onClick: () => void navigate({ to: "/account" }) },
    ...(duties.data?.duties ?? []).map(({ incident, incident_title, duty }) => ({
      id: `${incident}${duty.key}`,
      label: t("palette.duty", { law: duty.law, duty: duty.title }),
      description: incident_title ?? t("incident.untitled"),
      onClick: () =>
        void navigate({ to: "/report/incidents/$id/duties/$duty", params: { id: incident, duty: duty.key } }),
    })),
  ];
  return (
    <Spotlight
      store={palette.store}
      actions={actions}
      shortcut={null}
      highlightQuery
      nothingFound={t("palette.nothing")}
      searchProps={{ placeholder: t("palette.search"), "aria-label": t("palette.search") }}
      attributes={{ content: { "aria-label": t("palette.search") } }}
      onSpotlightClose={onClose}
    />
  );
}
