import { Button, Menu } from "@mantine/core";

import type { Person } from "../../api/admin";
import { t } from "../../text";

export type PersonAct = "change" | "again" | "reset" | "disable" | "enable";

/** What can be done about a person. */
export function PersonActions({ person, onAct }: { person: Person; onAct: (act: PersonAct) => void }) {
  const { state, yourself } = person;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" size="compact-md" aria-label={t("people.actionsOf", { name: person.name })}>
          {t("people.actions")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onAct("change")}>{t("people.change")}</Menu.Item>
        {state === "invited" && <Menu.Item onClick={() => onAct("again")}>{t("people.again")}</Menu.Item>}
        {person.second_factor && !yourself && <Menu.Item onClick={() => onAct("reset")}>{t("people.reset")}</Menu.Item>}
        {state === "disabled" && <Menu.Item onClick={() => onAct("enable")}>{t("admin.enable")}</Menu.Item>}
        {state !== "disabled" && !yourself && <Menu.Item onClick={() => onAct("disable")}>{t("admin.disable")}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
