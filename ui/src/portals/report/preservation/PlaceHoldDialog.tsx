import { Button, Group, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { placeHold, type Preservation } from "../../../api/preservation";
import { Dialog } from "../../../parts/Dialog";
import { DialogActs } from "../../../parts/DialogActs";
import { refusalInWords } from "../../../parts/refusalInWords";
import { useZone } from "../../../parts/useZone";
import { t } from "../../../text";
import { endOfDay } from "./endOfDay";

interface PlaceProps {
  incident: string;
  onPlaced: (view: Preservation) => void;
  onClose: () => void;
}

/** Places a hold: for whom, on what ground, what, until when. */
export function PlaceHoldDialog({ incident, onPlaced, onClose }: PlaceProps) {
  const zone = useZone();
  const [asked, setAsked] = useState(false);
  const [draft, setDraft] = useState({ asked_by: "", reference: "", basis: "", what: "", day: "" });
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const place = useMutation({
    mutationFn: () =>
      placeHold(incident, {
        asked_by: asked ? draft.asked_by : null,
        reference: (asked && draft.reference) || null,
        basis: draft.basis,
        what: draft.what,
        ends_at: draft.day ? endOfDay(draft.day, zone) : null,
      }),
    onSuccess: (view) => {
      onPlaced(view);
      onClose();
    },
  });
  return (
    <Dialog title={t("hold.place")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          place.mutate();
        }}
      >
        <Stack>
          <Radio.Group label={t("hold.who")} value={asked ? "asked" : "own"} onChange={(who) => setAsked(who === "asked")}>
            <Group mt={4}>
              <Radio value="own" label={t("hold.own")} />
              <Radio value="asked" label={t("hold.asked")} />
            </Group>
          </Radio.Group>
          {asked && (
            <Group grow>
              <TextInput label={t("hold.authority")} required maxLength={200} value={draft.asked_by} onChange={(event) => change({ asked_by: event.currentTarget.value })} />
              <TextInput label={t("hold.reference")} maxLength={200} value={draft.reference} onChange={(event) => change({ reference: event.currentTarget.value })} />
            </Group>
          )}
          <TextInput label={t("hold.basis")} description={t("hold.basisHelp")} required maxLength={2000} value={draft.basis} onChange={(event) => change({ basis: event.currentTarget.value })} />
          <Textarea label={t("hold.what")} description={t("hold.whatHelp")} required autosize minRows={2} maxLength={2000} value={draft.what} onChange={(event) => change({ what: event.currentTarget.value })} />
          <TextInput type="date" label={t("hold.lastDay")} description={t("hold.lastDayHelp")} value={draft.day} onChange={(event) => change({ day: event.currentTarget.value })} />
          <DialogActs refused={place.error && refusalInWords(place.error)} onClose={onClose}>
            <Button type="submit" loading={place.isPending}>
              {t("hold.place")}
            </Button>
          </DialogActs>
        </Stack>
      </form>
    </Dialog>
  );
}
