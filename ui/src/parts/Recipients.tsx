import { Fragment } from "react";

import type { Recipient } from "../api/types";
import { t } from "../text";
import { Org } from "./Org";

/** Who receives it, by name: every role, and of each role one who holds it; the reason where nobody here does. */
export function Recipients({ recipients }: { recipients: Recipient[] }) {
  if (recipients.length === 0) return <span>{t("recipients.none")}</span>;
  return (
    <span>
      {recipients.map(({ role, why, organisations }, at) => (
        <Fragment key={`${role} ${why}`}>
          {at > 0 && t("recipients.and")}
          {organisations.length === 0 && why}
          {organisations.map(({ id, name }, index) => (
            <Fragment key={id}>
              {index > 0 && t("recipients.or")}
              <Org name={name} />
            </Fragment>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
