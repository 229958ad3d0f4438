import { Group, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { regimes } from "../../api/queries";
import type { StatisticsQuery } from "../../api/statistics";
import { t } from "../../text";
import { lastPeriods, monthOf, periodInWords } from "./period";

interface FiltersProps {
  query: StatisticsQuery;
  onChange: (change: Partial<StatisticsQuery>) => void;
}

const MONTHS = "months";

/** Period and law; they live in the address, so that a view can be kept and passed on. */
export function PeriodFilters({ query, onChange }: FiltersProps) {
  const laws = useQuery(regimes).data ?? [];
  const [periods] = useState(() => lastPeriods(new Date()));
  const chosen = query.until || !periods.includes(query.from) ? MONTHS : query.from;
  const [first, last] = [monthOf(query.from, "first"), monthOf(query.until ?? query.from, "last")];
  return (
    <Group gap="sm" align="flex-end" className="no-print" role="search" aria-label={t("inbox.filters")}>
      <Select
        label={t("statistics.period")}
        data={[
          ...periods.map((value) => ({ value, label: periodInWords(value) })),
          { value: MONTHS, label: t("statistics.chosenMonths") },
        ]}
        value={chosen}
        allowDeselect={false}
        w={200}
        size="sm"
        onChange={(next) => onChange(next === MONTHS ? { from: first, until: last } : { from: next ?? query.from, until: undefined })}
      />
      {chosen === MONTHS && (
        <>
          <TextInput
            type="month" size="sm" label={t("statistics.from")} value={first} max={last}
            onChange={({ currentTarget: { value } }) => value && value <= last && onChange({ from: value, until: last })}
          />
          <TextInput
            type="month" size="sm" label={t("statistics.until")} value={last} min={first}
            onChange={({ currentTarget: { value } }) => value >= first && onChange({ from: first, until: value })}
          />
        </>
      )}
      {laws.length > 1 && (
        <Select
          label={t("inbox.law")}
          data={laws.map(({ id, law }) => ({ value: id, label: law }))}
          value={query.pack ?? null}
          placeholder={t("inbox.all")}
          clearable
          clearButtonProps={{ "aria-label": t("inbox.clear", { filter: t("inbox.law") }) }}
          w={200}
          size="sm"
          onChange={(next) => onChange({ pack: next ?? undefined })}
        />
      )}
    </Group>
  );
}
