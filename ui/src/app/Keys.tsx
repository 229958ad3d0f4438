import { Kbd, Table } from "@mantine/core";

import { Dialog } from "../parts/Dialog";
import { t } from "../text";

const KEYS = [
  { keys: ["?"], does: "keys.help" },
  { keys: ["Ctrl", "K"], does: "keys.palette" },
  { keys: ["h"], does: "keys.home" },
  { keys: ["j", "k"], does: "keys.rows" },
  { keys: ["Enter"], does: "keys.open" },
  { keys: ["Esc"], does: "keys.close" },
] as const;

/** The keys and what they do. */
export default function Keys({ onClose }: { onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title={t("keys.title")} size="md">
      <Table>
        <Table.Tbody>
          {KEYS.map(({ keys, does }) => (
            <Table.Tr key={does}>
              <Table.Td w={130}>
                {keys.map((key) => (
                  <Kbd key={key} mr={6}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{t(does)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
