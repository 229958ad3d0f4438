import { Button, Group, Select, Stack, Switch, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { changeOrganisation, organisation } from "../../api/admin";
import { Refusal } from "../../api/problem";
import { me } from "../../api/queries";
import type { AnswerIn } from "../../api/types";
import { Field } from "../../parts/Field";
import { AnsweringProvider, type Answering } from "../../parts/FormContext";
import { PageTitle } from "../../parts/PageTitle";
import { Refused } from "../../parts/Refused";
import { told } from "../../parts/told";
import { t } from "../../text";
import { AdminLayout } from "./AdminLayout";
import { roleName } from "./functions";

const answerOf = (value: unknown): AnswerIn | null => (value === undefined || value === null ? null : { value });

/** Ties the questions about the organisation to what is kept and to what is being written. */
function useProfileAnswers(given: Record<string, AnswerIn | null>, give: Answering["give"], error: Error | null): Answering {
  const { fields } = useSuspenseQuery(organisation).data;
  return useMemo(() => {
    const refused = error instanceof Refusal ? (error.body.problems ?? []) : [];
    return {
      // Nobody is named as the one who answered: what stands here is the organisation's word.
      held: () => undefined,
      pending: (field) => (field in given ? given[field] : answerOf(fields.find((one) => one.field === field)?.value)),
      refused: (field) => refused.filter((problem) => problem.field === field),
      give,
      explain: () => undefined,
      readOnly: false,
      plain: true,
    };
  }, [fields, given, give, error]);
}

/** The organisation: what the laws want to know of it, and how its people sign in. */
export function OrganisationPage() {
  const profile = useSuspenseQuery(organisation).data;
  const { organisation: held } = profile;
  const client = useQueryClient();
  const [given, setGiven] = useState<Record<string, AnswerIn | null>>({});
  const [about, setAbout] = useState({ name: held.name, country: held.country, zone: held.zone });
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const save = useMutation({
    mutationFn: changeOrganisation,
    onSuccess: (saved) => {
      client.setQueryData(organisation.queryKey, saved);
      setGiven({});
      told(t("organisation.saved"));
      void client.invalidateQueries(me);
    },
  });
  const give = useMemo(() => (field: string, answer: AnswerIn | null) => setGiven((now) => ({ ...now, [field]: answer })), []);
  const answering = useProfileAnswers(given, give, save.error);
  const changed = Object.fromEntries(Object.entries(given).map(([field, answer]) => [field, answer?.value ?? null]));
  return (
    <AdminLayout>
      <PageTitle>{t("organisation.title")}</PageTitle>
      <Text c="dimmed">{held.roles.map(({ role }) => roleName(role)).join(", ")}</Text>
      <section className="sheet" style={{ padding: 20 }} aria-labelledby="factor">
        <Title order={2} size="h3" id="factor" mb="xs">{t("security.secondFactor")}</Title>
        <Switch
          label={t("organisation.require")}
          description={t("organisation.without", { count: profile.without_second_factor })}
          checked={profile.second_factor_required}
          onChange={(event) => save.mutate({ second_factor_required: event.currentTarget.checked })}
        />
      </section>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ ...about, profile: changed });
        }}
      >
        <section className="sheet" style={{ padding: 20 }}>
          <Stack>
            <TextInput label={t("people.name")} required maxLength={200} value={about.name} onChange={(event) => setAbout({ ...about, name: event.currentTarget.value })} />
            <Select label={t("node.country")} data={profile.countries.map(({ id, label }) => ({ value: id, label }))} searchable allowDeselect={false} value={about.country} onChange={(country) => country && setAbout({ ...about, country })} />
            <Select label={t("node.zone")} data={zones} searchable allowDeselect={false} limit={80} value={about.zone} onChange={(zone) => zone && setAbout({ ...about, zone })} />
            <AnsweringProvider value={answering}>
              {profile.fields.map((field) => (
                <Field key={field.field} field={field} />
              ))}
            </AnsweringProvider>
            <Refused error={save.error} />
            <Group>
              <Button type="submit" loading={save.isPending}>{t("admin.save")}</Button>
            </Group>
          </Stack>
        </section>
      </form>
    </AdminLayout>
  );
}
