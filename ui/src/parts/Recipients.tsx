import type { Recipient } from "../api/types";
import { t } from "../text";
import { Org } from "./Org";

/** Who receives it, by name; the role's reason where nobody here holds the role. */
export function Recipients({ recipients }: { recipients: Recipient[] }) {
  const named = recipients.flatMap(({ organisations }) => organisations);
  if (named.length === 0) return <span>{recipients.map(({ why }) => why).join("; ") || t("recipients.none")}</span>;
  return (
    <span>
      {named.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && t("recipients.or")}
          <Org name={name} />
        </span>
      ))}
    </span>
  );
}
