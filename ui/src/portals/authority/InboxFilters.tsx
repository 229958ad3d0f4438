import { Button, Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { regimes } from "../../api/queries";
import type { FilingState, InboxQuery, InboxRow } from "../../api/types";
import { t } from "../../text";

type Filters = Omit<InboxQuery, "limit">;

interface FiltersProps {
  filters: Filters;
  rows: InboxRow[];
  onChange: (change: Filters) => void;
}

const STATES: FilingState[] = ["filed", "acknowledged", "answered"];

interface Option {
  value: string;
  label: string;
}

function withChosen(seen: Map<string, string>, chosen: string | undefined): Option[] {
  if (chosen && !seen.has(chosen)) seen.set(chosen, chosen);
  return [...seen].map(([value, label]) => ({ value, label }));
}

/** The filters; they live in the address, so that a view can be kept and passed on. */
export function InboxFilters({ filters, rows, onChange }: FiltersProps) {
  const laws = useQuery(regimes).data ?? [];
  // What was seen once stays to be chosen, also when a filter hides it.
  const [stages] = useState(() => new Map<string, string>());
  const [sectors] = useState(() => new Map<string, string>());
  for (const { duty, stage_title, sector } of rows) {
    stages.set(duty.split(".").at(-1) ?? duty, stage_title);
    if (sector) sectors.set(sector, sector.replaceAll("_", " "));
  }
  const pick = (label: string, data: Option[], value: string | undefined, change: (next?: string) => Filters) => (
    <Select
      label={label}
      data={data}
      value={value ?? null}
      placeholder={t("inbox.all")}
      clearable
      clearButtonProps={{ "aria-label": t("inbox.clear", { filter: label }) }}
      w={168}
      size="sm"
      onChange={(next) => onChange(change(next ?? undefined))}
    />
  );
  return (
    <Group gap="sm" align="flex-end" className="no-print" role="search" aria-label={t("inbox.filters")}>
      {pick(
        t("inbox.state"),
        STATES.map((state) => ({ value: state, label: t(`filingState.${state}`) })),
        filters.state,
        (state) => ({ state: state as FilingState | undefined }),
      )}
      {laws.length > 1 &&
        pick(
          t("inbox.law"),
          laws.map(({ id, law }) => ({ value: id, label: law })),
          filters.pack,
          (pack) => ({ pack }),
        )}
      {pick(t("inbox.stage"), withChosen(stages, filters.stage), filters.stage, (stage) => ({ stage }))}
      {pick(t("inbox.sector"), withChosen(sectors, filters.sector), filters.sector, (sector) => ({ sector }))}
      {pick(
        t("inbox.crossBorder"),
        [
          { value: "true", label: t("field.yes") },
          { value: "false", label: t("field.no") },
        ],
        filters.cross_border === undefined ? undefined : String(filters.cross_border),
        (next) => ({ cross_border: next === undefined ? undefined : next === "true" }),
      )}
      {Object.values(filters).some((value) => value !== undefined) && (
        <Button
          variant="subtle"
          size="sm"
          onClick={() =>
            onChange({ state: undefined, pack: undefined, stage: undefined, sector: undefined, cross_border: undefined })
          }
        >
          {t("inbox.showAll")}
        </Button>
      )}
    </Group>
  );
}
