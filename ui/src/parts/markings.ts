import type { Pap, Tlp } from "../api/types";

/** Who may see it, the narrowest first. */
export const TLP: Tlp[] = ["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"];
/** What may be done with it, the narrowest first. */
export const PAP: Pap[] = ["PAP:RED", "PAP:AMBER", "PAP:GREEN", "PAP:CLEAR"];
