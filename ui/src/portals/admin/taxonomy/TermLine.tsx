import { Button, Menu, Text } from "@mantine/core";

import type { OwnTerm } from "../../../api/taxonomy";
import { Mark } from "../../../parts/Mark";
import { wordsOf } from "../../../parts/termWords";
import { t, tn } from "../../../text";
import classes from "./ListTree.module.css";
import type { Doing } from "./TermDialogs";

/** An own term with what can be done about it. */
export function TermLine({ own, onDo }: { own: OwnTerm; onDo: (doing: Doing) => void }) {
  const { term, tag, used } = own;
  const name = wordsOf(term.label);
  return (
    <li className={`${classes.term} ${term.retired ? classes.retired : ""}`} data-term={term.slug}>
      <div>
        <span className={classes.name}>{name}</span>{" "}
        {term.retired && <Mark>{t("terms.retiredSince", { version: term.retired.since })}</Mark>}
        <span className={classes.tag}>{tag}</span>
        {wordsOf(term.help) && <Text size="sm">{wordsOf(term.help)}</Text>}
        <Text size="sm" c="dimmed">{used > 0 ? tn("terms.used", used) : t("terms.unused")}</Text>
      </div>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default" size="compact-sm" aria-label={t("terms.actionsOf", { label: name })}>
            {t("terms.actions")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {!term.retired && <Menu.Item onClick={() => onDo({ what: "change", own })}>{t("terms.change")}</Menu.Item>}
          {!term.retired && <Menu.Item onClick={() => onDo({ what: "retire", own })}>{t("terms.retire")}</Menu.Item>}
          {term.retired && <Menu.Item onClick={() => onDo({ what: "restore", own })}>{t("terms.restore")}</Menu.Item>}
          <Menu.Item color="red.9" onClick={() => onDo({ what: "delete", own })}>{t("terms.delete")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
