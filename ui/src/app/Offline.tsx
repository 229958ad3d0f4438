import { onlineManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { t } from "../text";
import classes from "./Shell.module.css";

/** Says that the network is away, and that nothing typed is lost. */
export function Offline() {
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  return (
    <div role="status">{!online && <div className={classes.offline}>{t("app.offline")}</div>}</div>
  );
}
