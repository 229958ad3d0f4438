import { Button, Group, Stack, Switch, Textarea, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { changeTaxonomy, type TaxonomyHead, type TaxonomyView } from "../../../api/taxonomy";
import { Refused } from "../../../parts/Refused";
import { t } from "../../../text";
import { anyUsed } from "./tree";

/** What the taxonomy says of itself. */
export function HeadForm({ view, onSaved }: { view: TaxonomyView; onSaved: (next: TaxonomyView) => void }) {
  const [head, setHead] = useState<TaxonomyHead>(() =>
    view.version > 0 ? view.head : { ...view.head, namespace: slugOf(view.name).replaceAll("_", "-"), title: view.name },
  );
  const save = useMutation({
    mutationFn: () => changeTaxonomy(view.version, [{ kind: "describe", head }]),
    onSuccess: onSaved,
  });
  const fixed = anyUsed(view);
  return (
    <section className="sheet" style={{ padding: 20 }} aria-labelledby="terms-head">
      <Title order={2} size="h3" id="terms-head" mb="xs">{t("terms.head")}</Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm" maw={720}>
          <TextInput label={t("terms.name")} required maxLength={200} value={head.title} onChange={(event) => setHead({ ...head, title: event.currentTarget.value })} />
          <TextInput
            label={t("terms.namespace")}
            description={fixed ? t("terms.namespaceFixed") : t("terms.namespaceHelp")}
            required
            disabled={fixed}
            maxLength={64}
            value={head.namespace}
            onChange={(event) => setHead({ ...head, namespace: event.currentTarget.value })}
          />
          <Textarea label={t("terms.description")} autosize maxLength={2000} value={head.description ?? ""} onChange={(event) => setHead({ ...head, description: event.currentTarget.value })} />
          <Switch label={t("terms.publish")} description={t("terms.publishHelp")} checked={head.published ?? false} onChange={(event) => setHead({ ...head, published: event.currentTarget.checked })} />
          <Refused error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending}>{view.version > 0 ? t("admin.save") : t("terms.begin")}</Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}

/** A name as a short name that machines read. */
export function slugOf(name: string): string {
  const plain = name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 64);
}
