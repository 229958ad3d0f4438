import { Button, Select, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import {
  enterOrganisation, giveRoles, inviteAdministrator, type NodeOrganisation, type NodeOrganisations, type OrganisationRole,
} from "../../api/admin";
import { Dialog } from "../../parts/Dialog";
import { Refused } from "../../parts/Refused";
import { t } from "../../text";
import { options } from "./functions";
import { RolesInput } from "./RolesInput";

interface OrganisationDialogProps {
  choices: NodeOrganisations;
  /** Whose roles to give; absent to enter an organisation. */
  one?: NodeOrganisation;
  onDone: (answer: NodeOrganisations) => void;
  onClose: () => void;
}

/** Enters an organisation, or gives one its roles. */
export function OrganisationDialog({ choices, one, onDone, onClose }: OrganisationDialogProps) {
  const [name, setName] = useState("");
  const [country, setCountry] = useState("LU");
  const [zone, setZone] = useState("Europe/Luxembourg");
  const [roles, setRoles] = useState<OrganisationRole[]>(one?.organisation.roles ?? [{ role: "reporting_entity", scope: {} }]);
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const sent = useMutation({
    mutationFn: () => (one ? giveRoles(one.organisation.id, roles) : enterOrganisation({ name, country, zone, roles })),
    onSuccess: onDone,
  });
  return (
    <Dialog title={one ? t("node.rolesOf", { name: one.organisation.name }) : t("node.enter")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent.mutate();
        }}
      >
        <Stack>
          {!one && (
            <>
              <TextInput label={t("people.name")} required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
              <Select label={t("node.country")} data={options(choices.countries)} searchable allowDeselect={false} value={country} onChange={(next) => next && setCountry(next)} />
              <Select label={t("node.zone")} data={zones} searchable allowDeselect={false} limit={80} value={zone} onChange={(next) => next && setZone(next)} />
            </>
          )}
          <RolesInput choices={choices} value={roles} onChange={setRoles} />
          <Refused error={sent.error} />
          <Button type="submit" loading={sent.isPending}>{t("admin.save")}</Button>
        </Stack>
      </form>
    </Dialog>
  );
}

interface InviteDialogProps {
  one: NodeOrganisation;
  onDone: (answer: NodeOrganisations) => void;
  onClose: () => void;
}

/** Invites an administrator of an organisation. */
export function InviteDialog({ one, onDone, onClose }: InviteDialogProps) {
  const [name, setName] = useState("");
  const [mail, setMail] = useState("");
  const sent = useMutation({
    mutationFn: () => inviteAdministrator(one.organisation.id, { name, mail }),
    onSuccess: onDone,
  });
  return (
    <Dialog title={t("node.actOf", { act: t("node.invite"), name: one.organisation.name })} onClose={onClose} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent.mutate();
        }}
      >
        <Stack>
          <TextInput label={t("people.name")} required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput label={t("people.mail")} description={t("people.mailHelp")} type="email" required maxLength={254} value={mail} onChange={(event) => setMail(event.currentTarget.value)} />
          <Refused error={sent.error} />
          <Button type="submit" loading={sent.isPending}>{t("people.invite")}</Button>
        </Stack>
      </form>
    </Dialog>
  );
}
