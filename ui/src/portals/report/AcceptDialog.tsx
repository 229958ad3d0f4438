import { Button, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { getIncidents } from "../../api/calls";
import { acceptLink } from "../../api/links";
import type { IncidentLinkView } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { DialogActs } from "../../parts/DialogActs";
import { refusalInWords } from "../../parts/refusalInWords";
import { t } from "../../text";

const NEW = "";

/** Keeps an incident of one's own for what one was told: a new one, or one that is there. */
export function AcceptDialog({ link, onClose }: { link: IncidentLinkView; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [incident, setIncident] = useState(NEW);
  const known = useQuery({ queryKey: ["incidents", "known"], queryFn: () => getIncidents() }).data?.incidents ?? [];
  const accept = useMutation({
    mutationFn: () => acceptLink(link.id, incident === NEW ? { open: { answers: {} } } : { incident }),
    onSuccess: async (view) => {
      void client.invalidateQueries();
      if (incident === NEW && view.incident) await navigate({ to: "/report/new", search: { incident: view.incident } });
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={t("links.acceptTitle", { name: link.name })}>
      <Stack>
        <Text>{t("links.acceptHelp")}</Text>
        <Select
          label={t("links.which")}
          data={[
            { value: NEW, label: t("links.openNew") },
            ...known.map(({ id, title }) => ({ value: id, label: title ?? t("incident.untitled") })),
          ]}
          value={incident}
          allowDeselect={false}
          onChange={(next) => setIncident(next ?? NEW)}
        />
        <DialogActs refused={accept.error && refusalInWords(accept.error)} onClose={onClose}>
          <Button onClick={() => accept.mutate()} loading={accept.isPending} data-autofocus>
            {t(incident === NEW ? "links.openNew" : "links.linkIt")}
          </Button>
        </DialogActs>
      </Stack>
    </Dialog>
  );
}
