import type { Message } from "../api/types";
import { t } from "../text";
import { Instant } from "./Instant";
import { Marking } from "./Marking";
import classes from "./Messages.module.css";
import { Org } from "./Org";

/** A thread between both sides, oldest first. */
export function Messages({ messages }: { messages: Message[] }) {
  return (
    <ol className={classes.thread}>
      {messages.map((message) => (
        <li key={`${message.at}${message.by}${message.text.length}`} className={classes.message}>
          <div className={classes.head}>
            <strong>
              <Org name={message.from.name} />
            </strong>
            <span>{t("messages.by", { name: message.by })}</span>
            <Instant at={message.at} short />
            <Marking of={message.marking} />
          </div>
          {message.marking.pap === "PAP:RED" && <div className={classes.rule}>{t("secrecy.rule")}</div>}
          <div className={classes.text}>{message.text}</div>
        </li>
      ))}
    </ol>
  );
}
