import type { DutyChannel } from "../api/types";
import { t } from "../text";

/** How an authority takes reports outside of this program, each way with its address and its languages. */
export function Channels({ channels }: { channels: DutyChannel[] }) {
  return (
    <ul>
      {channels.map((channel) => (
        <li key={`${channel.kind} ${channel.name}`}>
          {t(`channel.${channel.kind}`)} <Address channel={channel} />
          {channel.languages.length > 0 && t("channel.languages", { languages: languages(channel.languages) })}
          {channel.note && ` ${channel.note}`}
        </li>
      ))}
    </ul>
  );
}

/** The name, as a link where the address is one of the web. */
function Address({ channel }: { channel: DutyChannel }) {
  const { name, address } = channel;
  if (!address) return <>{name}</>;
  if (!address.startsWith("https://")) return <>{`${name}, ${address}`}</>;
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {name}
    </a>
  );
}

/** Languages by their names. */
function languages(codes: string[]): string {
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  return codes.map((code) => names.of(code) ?? code).join(", ");
}
