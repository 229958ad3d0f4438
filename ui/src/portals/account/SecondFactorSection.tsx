import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import {
  account, removeSecondFactor, renewRecoveryCodes, setUpSecondFactor, type AccountSecurity, type SecondFactorSetup,
} from "../../api/admin";
import { Instant } from "../../parts/Instant";
import { t, tn } from "../../text";
import { CodesDialog } from "./CodesDialog";
import { ProofDialog } from "./ProofDialog";
import { SetupDialog } from "./SetupDialog";

type Step = { at: "prove" | "codes" | "remove" } | { at: "setup"; setup: SecondFactorSetup } | { at: "shown"; codes: string[] };

/** Whether a second factor protects the account, and what can be done about it. */
export function SecondFactorSection({ security }: { security: AccountSecurity }) {
  const client = useQueryClient();
  const [step, setStep] = useState<Step>();
  const held = security.second_factor;
  const close = () => {
    setStep(undefined);
    void client.invalidateQueries(account);
  };
  return (
    <section className="sheet" style={{ padding: 20 }} aria-labelledby="second-factor">
      <Title order={2} size="h3" id="second-factor" mb="xs">
        {t("security.secondFactor")}
      </Title>
      <Stack gap="sm">
        <Text>{t(held ? "security.on" : security.second_factor_required ? "security.required" : "security.off")}</Text>
        {held && (
          <Text>
            {t("security.since")} <Instant at={held.since} short />
            <br />
            {tn("security.left", held.recovery_codes_left)}
          </Text>
        )}
        <Group>
          <Button variant={held ? "default" : "filled"} onClick={() => setStep({ at: "prove" })}>
            {t(held ? "security.renew" : "security.setUp")}
          </Button>
          {held && (
            <Button variant="default" onClick={() => setStep({ at: "codes" })}>
              {t("security.newCodes")}
            </Button>
          )}
          {held && !security.second_factor_required && (
            <Button variant="default" onClick={() => setStep({ at: "remove" })}>
              {t("security.remove")}
            </Button>
          )}
        </Group>
      </Stack>
      {step?.at === "prove" && (
        <ProofDialog
          title={t("security.setUp")}
          act={t("security.goOn")}
          withCode={held != null}
          send={setUpSecondFactor}
          onDone={(setup) => setStep({ at: "setup", setup })}
          onClose={close}
        />
      )}
      {step?.at === "setup" && (
        <SetupDialog setup={step.setup} onDone={(codes) => setStep({ at: "shown", codes })} onClose={close} />
      )}
      {step?.at === "codes" && (
        <ProofDialog
          title={t("security.newCodes")}
          text={t("security.newCodesHelp")}
          act={t("security.newCodes")}
          withCode
          send={renewRecoveryCodes}
          onDone={({ codes }) => setStep({ at: "shown", codes })}
          onClose={close}
        />
      )}
      {step?.at === "remove" && (
        <ProofDialog
          title={t("security.remove")}
          text={t("security.removeHelp")}
          act={t("security.remove")}
          withCode
          send={removeSecondFactor}
          onDone={close}
          onClose={close}
        />
      )}
      {step?.at === "shown" && <CodesDialog codes={step.codes} onClose={close} />}
    </section>
  );
}
