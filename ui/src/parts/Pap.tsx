import classes from "./Tlp.module.css";

const CLASSES: Record<string, string | undefined> = {
  "PAP:RED": classes.red,
  "PAP:AMBER": classes.amber,
  "PAP:GREEN": classes.green,
  "PAP:CLEAR": classes.clear,
};

/** A label of the Permissible Actions Protocol, in the colours of TLP. */
export function Pap({ value }: { value: string }) {
  return <span className={`${classes.label} ${CLASSES[value] ?? classes.clear}`}>{value}</span>;
}
