import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";

import type { NodeOrganisations, OrganisationRole } from "../../api/admin";
import { t } from "../../text";
import { options, roleName } from "./functions";

interface RolesProps {
  choices: NodeOrganisations;
  value: OrganisationRole[];
  onChange: (value: OrganisationRole[]) => void;
}

/** The roles of an organisation, each with where it holds. */
export function RolesInput({ choices, value, onChange }: RolesProps) {
  const change = (index: number, next: OrganisationRole) => onChange(value.map((one, at) => (at === index ? next : one)));
  return (
    <Stack gap="sm" role="group" aria-label={t("node.roles")}>
      <Text fw={600}>{t("node.roles")}</Text>
      {value.map((held, index) => {
        const scoped = (part: "regime" | "country" | "sector" | "desk") => (next: string | null) =>
          change(index, { ...held, scope: { ...held.scope, [part]: next ?? undefined } });
        const number = index + 1;
        return (
          // oxlint-disable-next-line react/no-array-index-key -- two roles may be alike, and none has a name
          <Group key={index} gap="xs" align="flex-end">
            <Select
              aria-label={t("node.role", { number })}
              data={choices.roles.map((role) => ({ value: role, label: roleName(role) }))}
              allowDeselect={false}
              searchable
              value={held.role}
              onChange={(role) => role && change(index, { ...held, role: role as OrganisationRole["role"] })}
            />
            <Select aria-label={t("node.roleLaw", { number })} placeholder={t("node.anyLaw")} data={options(choices.regimes)} clearable value={held.scope?.regime ?? null} onChange={scoped("regime")} w={130} />
            <Select aria-label={t("node.roleCountry", { number })} placeholder={t("node.anyCountry")} data={options(choices.countries)} clearable searchable value={held.scope?.country ?? null} onChange={scoped("country")} w={150} />
            <Select aria-label={t("node.roleSector", { number })} placeholder={t("node.anySector")} data={options(choices.sectors)} clearable searchable value={held.scope?.sector ?? null} onChange={scoped("sector")} w={170} />
            <TextInput aria-label={t("node.roleDesk", { number })} placeholder={t("node.anyDesk")} value={held.scope?.desk ?? ""} onChange={(event) => scoped("desk")(event.currentTarget.value || null)} maxLength={64} w={130} />
            <Button variant="default" aria-label={t("node.takeRole", { number })} onClick={() => onChange(value.filter((_, at) => at !== index))}>
              {t("records.remove")}
            </Button>
          </Group>
        );
      })}
      <Button variant="default" style={{ alignSelf: "flex-start" }} onClick={() => onChange([...value, { role: "reporting_entity", scope: {} }])}>
        {t("node.addRole")}
      </Button>
    </Stack>
  );
}
