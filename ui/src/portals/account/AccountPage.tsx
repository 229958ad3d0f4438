import { Button, Stack, Text, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { account, changePassword } from "../../api/admin";
import { PageTitle } from "../../parts/PageTitle";
import { told } from "../../parts/told";
import { t } from "../../text";
import { ProofDialog } from "./ProofDialog";
import { SecondFactorSection } from "./SecondFactorSection";
import { SessionsSection } from "./SessionsSection";

/** How one's own account is protected. */
export function AccountPage() {
  const security = useSuspenseQuery(account).data;
  const [changing, setChanging] = useState(false);
  return (
    <Stack gap="md" maw={720}>
      <PageTitle>{t("security.title")}</PageTitle>
      <SecondFactorSection security={security} />
      <section className="sheet" style={{ padding: 20 }} aria-labelledby="password">
        <Title order={2} size="h3" id="password" mb="xs">
          {t("security.password")}
        </Title>
        <Text mb="sm">{t("security.signsInWith", { mail: security.mail })}</Text>
        <Button variant="default" onClick={() => setChanging(true)}>
          {t("security.changePassword")}
        </Button>
      </section>
      <SessionsSection security={security} />
      {changing && (
        <ProofDialog
          title={t("security.changePassword")}
          act={t("security.changePassword")}
          withCode={security.second_factor != null}
          choosing
          send={(proof, new_password) => changePassword({ ...proof, new_password })}
          onDone={() => {
            setChanging(false);
            told(t("security.passwordChanged"));
          }}
          onClose={() => setChanging(false)}
        />
      )}
    </Stack>
  );
}
