import { Button, Menu } from "@mantine/core";

import { listFile, taxonomyFile } from "../../../api/taxonomy";
import { t } from "../../../text";

const FILES = [
  { file: "machinetag.json", text: "terms.file.misp" },
  { file: "skos.ttl", text: "terms.file.turtle" },
  { file: "skos.jsonld", text: "terms.file.jsonld" },
] as const;

/** The own terms, or an official list, as files. */
export function Downloads({ list, name }: { list?: string; name?: string }) {
  return (
    <Menu position="bottom-start" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant={list ? "subtle" : "default"} size={list ? "compact-sm" : undefined}>
          {list ? t("terms.downloadList", { list: name ?? list }) : t("terms.download")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FILES.map(({ file, text }) => (
          <Menu.Item key={file} component="a" href={list ? listFile(list, file) : taxonomyFile(file)} download>
            {t(text)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
