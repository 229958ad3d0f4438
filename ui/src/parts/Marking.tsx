import type { Marking as Marks } from "../api/types";
import { Pap } from "./Pap";
import { Tlp } from "./Tlp";

/** How a report or a group of its fields is marked; nothing where it is not. */
export function Marking({ of }: { of: Marks | null | undefined }) {
  if (!of?.tlp && !of?.pap) return null;
  return (
    <>
      {of.tlp && <Tlp value={of.tlp} />} {of.pap && <Pap value={of.pap} />}
    </>
  );
}
