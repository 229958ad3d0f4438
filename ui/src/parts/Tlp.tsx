import classes from "./Tlp.module.css";

const CLASSES: Record<string, string | undefined> = {
  "TLP:RED": classes.red,
  "TLP:AMBER+STRICT": classes.amber,
  "TLP:AMBER": classes.amber,
  "TLP:GREEN": classes.green,
  "TLP:CLEAR": classes.clear,
};

/** A Traffic Light Protocol 2.0 label in the words and colours that FIRST defines. */
export function Tlp({ value }: { value: string }) {
  return <span className={`${classes.label} ${CLASSES[value] ?? classes.clear}`}>{value}</span>;
}
