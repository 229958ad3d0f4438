import type { Basis } from "../api/types";
import { t } from "../text";
import { Mark } from "./Mark";

/** Who wants to know: the law with its article, the authority, or nobody must. */
export function BasisMark({ basis, article }: { basis: Basis; article?: string | null }) {
  const words = t(`basis.${basis}`);
  return (
    <Mark tone={basis === "law" ? "accent" : "plain"}>
      {article ? t("basis.withArticle", { basis: words, article }) : words}
    </Mark>
  );
}
