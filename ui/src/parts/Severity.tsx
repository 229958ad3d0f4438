import { t } from "../text";
import classes from "./Severity.module.css";

const LEVELS = ["minor", "moderate", "large", "very_large"] as const;

/** How grave it is, by its id or its word: a word with as many filled bars as the level has. */
export function Severity({ value }: { value: string }) {
  const known = LEVELS.find((level) => level === value.toLowerCase().replaceAll(" ", "_"));
  const level = known ? LEVELS.indexOf(known) + 1 : 0;
  return (
    <span className={classes.severity}>
      {level > 0 && (
        <span className={classes.bars} aria-hidden>
          {LEVELS.map((name, index) => (
            <span key={name} className={index < level ? classes.full : classes.empty} />
          ))}
        </span>
      )}
      {known ? t(`severity.${known}`) : value}
    </span>
  );
}
