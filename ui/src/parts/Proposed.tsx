import { Button, Group } from "@mantine/core";

import type { Proposal, Value } from "../api/types";
import { t } from "../text";

interface ProposedProps {
  proposal: Proposal;
  onAccept: (value: Value) => void;
}

/** What follows from other answers: never filed before a person accepts it. */
export function Proposed({ proposal, onAccept }: ProposedProps) {
  return (
    <Group mt="xs" gap="sm" data-proposed={proposal.rule}>
      <span>
        {t("proposed.value", { text: proposal.text })} <span className="quiet">{proposal.why}</span>
      </span>
      <Button size="xs" variant="default" onClick={() => onAccept(proposal.value)} aria-label={t("proposed.acceptOf", { text: proposal.text })}>
        {t("proposed.accept")}
      </Button>
    </Group>
  );
}
