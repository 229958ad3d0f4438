import { Button, Group } from "@mantine/core";

import type { Proposal, Value } from "../api/types";
import { t } from "../text";
import { Reasons } from "./Reasons";
import classes from "./Reasons.module.css";

interface ProposedProps {
  proposal: Proposal;
  onAccept: (value: Value) => void;
}

/** What follows from other answers, and why: never filed before a person accepts it. */
export function Proposed({ proposal, onAccept }: ProposedProps) {
  const because = proposal.because ?? [];
  return (
    <>
      <Group mt="xs" gap="sm" data-proposed={proposal.rule}>
        <span>
          {t("proposed.value", { text: proposal.text })} <span className="quiet">{proposal.why}</span>
        </span>
        <Button size="xs" variant="default" onClick={() => onAccept(proposal.value)} aria-label={t("proposed.acceptOf", { text: proposal.text })}>
          {t("proposed.accept")}
        </Button>
      </Group>
      {because.length > 0 && (
        <details>
          <summary>{t("proposed.because")}</summary>
          {because.map((one) => (
            <div key={`${one.text} ${one.trace.rule}`}>
              <strong>{one.text}</strong>
              {one.article && <span className={classes.article}>{t("reasons.article", { article: one.article })}</span>}
              <Reasons trace={one.trace} />
            </div>
          ))}
        </details>
      )}
    </>
  );
}
