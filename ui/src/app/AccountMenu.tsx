import { Button, Menu, Text, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import IconUser from "@tabler/icons-react/dist/esm/icons/IconUser.mjs";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";

import type { Me } from "../api/types";
import { Icon } from "../parts/Icon";
import { chooseLanguage, language, languageName, languages, t } from "../text";
import classes from "./Shell.module.css";

const SCHEMES: MantineColorScheme[] = ["light", "dark", "auto"];

/** Who one is, how the pages look and speak, and the way out. */
export function AccountMenu({ me, onKeys }: { me: Me; onKeys: () => void }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useRef<HTMLFormElement>(null);
  return (
    <>
      <form ref={signOut} method="post" action="/logout" hidden>
        <input type="hidden" name="csrf_token" value={me.csrf_token ?? ""} />
      </form>
      <Menu position="bottom-end" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="subtle" color="gray" px={8} aria-label={t("account.open", { name: me.name })}>
            <Icon of={IconUser} />
            <span className={classes.wide}>{me.name}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Text px="sm" pt="xs" fw={600}>
            {me.name}
          </Text>
          <Text px="sm" pb="xs" size="sm" c="dimmed">
            {me.organisation.name}
          </Text>
          <Menu.Divider />
          <Menu.Label c="dimmed">{t("account.theme")}</Menu.Label>
          {SCHEMES.map((scheme) => (
            <Menu.Item
              key={scheme}
              onClick={() => setColorScheme(scheme)}
              rightSection={colorScheme === scheme ? t("account.chosen") : undefined}
            >
              {t(`theme.${scheme as "light" | "dark" | "auto"}`)}
            </Menu.Item>
          ))}
          <Menu.Label c="dimmed">{t("account.language")}</Menu.Label>
          {languages.map((code) => (
            <Menu.Item
              key={code}
              lang={code}
              onClick={() => chooseLanguage(code)}
              rightSection={code === language() ? t("account.chosen") : undefined}
            >
              {languageName(code)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item renderRoot={(props) => <Link to="/account" {...props} />}>{t("security.title")}</Menu.Item>
          <Menu.Item renderRoot={(props) => <Link to="/duties" {...props} />}>{t("finder.title")}</Menu.Item>
          <Menu.Item onClick={onKeys}>{t("keys.title")}</Menu.Item>
          <Menu.Item onClick={() => signOut.current?.submit()}>{t("account.signOut")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
