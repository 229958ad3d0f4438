import { Checkbox, Stack, Switch } from "@mantine/core";
import { useState } from "react";

import type { FoundDuties } from "../../api/finder";
import { t } from "../../text";
import classes from "./Finder.module.css";

interface BillsProps {
  bills: FoundDuties["bills"];
  /** The packs that are simulated. */
  chosen: string[];
  onSimulate: (packs: string[]) => void;
}

/** Laws that do not bind yet, each as if it did. */
export function Bills({ bills, chosen, onSimulate }: BillsProps) {
  const [shown, setShown] = useState(chosen.length > 0);
  if (bills.length === 0) return null;
  return (
    <div className={`${classes.bills} no-print`}>
      <Switch
        label={t("finder.bills")}
        checked={shown}
        onChange={(event) => {
          setShown(event.currentTarget.checked);
          if (!event.currentTarget.checked) onSimulate([]);
        }}
      />
      {shown && (
        <Checkbox.Group value={chosen} onChange={onSimulate} label={t("finder.billsWhich")}>
          <Stack gap={6} mt={6}>
            {bills.map(({ pack, law, title }) => (
              <Checkbox key={pack} value={pack} label={law} description={title} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </div>
  );
}
