import { Group, Text, Title } from "@mantine/core";

import type { OfficialValue, TaxonomyList } from "../../../api/taxonomy";
import { t, tn } from "../../../text";
import { Downloads } from "./Downloads";
import classes from "./ListTree.module.css";
import type { Doing } from "./TermDialogs";
import { TermLine } from "./TermLine";
import { valuesOf } from "./tree";

interface TreeProps {
  list: TaxonomyList;
  begun: boolean;
  onDo: (doing: Doing) => void;
}

/** An official list as a tree, with the own terms below each value. */
export function ListTree({ list, begun, onDo }: TreeProps) {
  const own = valuesOf(list).reduce((count, value) => count + value.terms.length, 0);
  const id = `terms-${list.list}`;
  return (
    <section className="sheet" style={{ padding: 20 }} aria-labelledby={id}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} size="h3" id={id}>{list.fields.length > 0 ? list.fields.join(", ") : list.list}</Title>
          <Text size="sm" c="dimmed">{t("terms.of", { list: list.list, version: list.version })} {own > 0 && tn("terms.count", own)}</Text>
        </div>
        <Downloads list={list.list} name={list.list} />
      </Group>
      <ul className={classes.tree}>
        {list.values.map((value) => (
          <Branch key={value.value} value={value} begun={begun} onDo={onDo} />
        ))}
      </ul>
    </section>
  );
}

function Branch({ value, begun, onDo }: { value: OfficialValue } & Omit<TreeProps, "list">) {
  const below = value.values.reduce((count, one) => count + one.terms.length, value.terms.length);
  if (value.values.length === 0) return <Leaf value={value} begun={begun} onDo={onDo} />;
  return (
    <li>
      <details open={below > 0}>
        <summary className={classes.heading}>
          {value.label}
          {below > 0 && <span className={classes.count}>{tn("terms.count", below)}</span>}
        </summary>
        <ul className={classes.branch}>
          <Leaf value={value} begun={begun} onDo={onDo} label={t("terms.whole", { label: value.label })} />
          {value.values.map((one) => (
            <Leaf key={one.value} value={one} begun={begun} onDo={onDo} />
          ))}
        </ul>
      </details>
    </li>
  );
}

function Leaf({ value, begun, onDo, label }: { value: OfficialValue; label?: string } & Omit<TreeProps, "list">) {
  return (
    <li className={classes.leaf}>
      <div className={classes.official}>
        <span title={value.help || undefined}>{label ?? value.label}</span>
        {begun && (
          <button type="button" className={classes.add} onClick={() => onDo({ what: "add", below: value })} aria-label={t("terms.addBelow", { label: value.label })}>
            {t("terms.add")}
          </button>
        )}
      </div>
      {value.terms.length > 0 && (
        <ul className={classes.own}>
          {value.terms.map((own) => (
            <TermLine key={own.term.id} own={own} onDo={onDo} />
          ))}
        </ul>
      )}
    </li>
  );
}
