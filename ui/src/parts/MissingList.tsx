import { UnstyledButton } from "@mantine/core";

import type { Missing } from "../api/types";
import classes from "./MissingList.module.css";

interface MissingListProps {
  missing: Missing[];
  /** Leads to the question; without it the list is only read. */
  onGo?: (field: string) => void;
}

/** What is still missing, each leading to its question. */
export function MissingList({ missing, onGo }: MissingListProps) {
  return (
    <ul className={classes.list}>
      {missing.map(({ field, label }) => (
        <li key={field}>
          {onGo ? (
            <UnstyledButton className={classes.go} onClick={() => onGo(field)}>
              {label}
            </UnstyledButton>
          ) : (
            label
          )}
        </li>
      ))}
    </ul>
  );
}
