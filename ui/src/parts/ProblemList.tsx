import { Alert, UnstyledButton } from "@mantine/core";

import type { Problem } from "../api/types";
import { t } from "../text";
import classes from "./MissingList.module.css";
import { problemInWords } from "./problemInWords";

interface ProblemListProps {
  problems: Problem[];
  onGo?: (field: string) => void;
}

/** What does not fit together, each leading to its question. */
export function ProblemList({ problems, onGo }: ProblemListProps) {
  if (problems.length === 0) return null;
  return (
    <Alert color="red" variant="outline" title={t("problems.title")} mb="md" className={classes.problems}>
      <ul className={classes.list}>
        {problems.map((problem) => (
          <li key={`${problem.pointer}${problem.rule}`}>
            {onGo ? (
              <UnstyledButton className={classes.go} onClick={() => onGo(problem.field)}>
                {problemInWords(problem.message)}
              </UnstyledButton>
            ) : (
              problemInWords(problem.message)
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
