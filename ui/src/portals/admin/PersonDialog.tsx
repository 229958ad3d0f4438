import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { changePerson, invitePerson, type Person } from "../../api/admin";
import type { Function } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { Refused } from "../../parts/Refused";
import { t } from "../../text";
import { FunctionsInput } from "./FunctionsInput";

interface PersonProps {
  /** Whom to change; absent to invite somebody. */
  person?: Person;
  offered: Function[];
  onDone: (person: Person) => void;
  onClose: () => void;
}

/** Invites somebody, or changes name and functions. */
export function PersonDialog({ person, offered, onDone, onClose }: PersonProps) {
  const [name, setName] = useState(person?.name ?? "");
  const [mail, setMail] = useState("");
  const [functions, setFunctions] = useState<Function[]>(person?.functions ?? []);
  // What one does not have oneself is not offered to oneself.
  const choices = person?.yourself ? person.functions : offered;
  const sent = useMutation({
    mutationFn: () =>
      person ? changePerson(person.id, { name, functions }) : invitePerson({ name, mail, functions }),
    onSuccess: onDone,
  });
  return (
    <Dialog title={t(person ? "people.change" : "people.invite")} onClose={onClose} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent.mutate();
        }}
      >
        <Stack>
          <TextInput label={t("people.name")} required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          {!person && (
            <TextInput
              label={t("people.mail")}
              description={t("people.mailHelp")}
              type="email"
              required
              maxLength={254}
              value={mail}
              onChange={(event) => setMail(event.currentTarget.value)}
            />
          )}
          <FunctionsInput offered={choices} value={functions} onChange={setFunctions} />
          <Refused error={sent.error} />
          <Button type="submit" loading={sent.isPending}>
            {t(person ? "admin.save" : "people.invite")}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
