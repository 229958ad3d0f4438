/** An organisation by name. */
export function Org({ name }: { name: string }) {
  return <span translate="no">{name}</span>;
}
