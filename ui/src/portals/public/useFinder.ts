import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { findDuties, keepTelling, keptTelling, type DutyChange, type Told } from "../../api/finder";
import type { FieldView, Value } from "../../api/types";
import { useZone } from "../../parts/useZone";

/** What was told so far, what the laws say to it, and the ways to tell more. */
export function useFinder() {
  const zone = useZone();
  const [telling, setTelling] = useState(keptTelling);
  const [changes, setChanges] = useState<DutyChange[]>([]);
  const found = useQuery({
    queryKey: ["finder", telling, zone],
    queryFn: () => findDuties(telling, zone),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

  function become(next: typeof telling) {
    keepTelling(next);
    setTelling(next);
  }

  /** Takes an answer, in the place of an earlier one if there is one. */
  function tell(field: FieldView, value: Value | null, changed: DutyChange[] = []) {
    const one: Told = { field, value };
    const known = telling.told.some((told) => told.field.field === field.field);
    const told = known ? telling.told.map((before) => (before.field.field === field.field ? one : before)) : [...telling.told, one];
    setChanges(changed);
    become({ ...telling, told });
  }

  return {
    telling,
    found,
    changes,
    tell,
    /** What another answer would change. */
    whatIf: async (field: string, value: Value | null) =>
      (await findDuties(telling, zone, { [field]: value })).what_if ?? [],
    simulate: (simulate: string[]) => {
      setChanges([]);
      become({ ...telling, simulate });
    },
    restart: () => {
      setChanges([]);
      become({ told: [], simulate: [] });
    },
  };
}
