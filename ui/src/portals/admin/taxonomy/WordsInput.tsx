import { Fieldset, Select, Stack, Textarea, TextInput } from "@mantine/core";

import type { TermWords } from "../../../api/taxonomy";
import { languageName, languages, t } from "../../../text";

/** The official languages of the Union. */
const UNION = ["bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"];

interface WordsProps {
  legend: string;
  words: TermWords;
  maxLength: number;
  required?: boolean;
  long?: boolean;
  onChange: (words: TermWords) => void;
}

/** Words in each language of the pages, and in others that one adds. */
export function WordsInput({ legend, words, maxLength, required, long, onChange }: WordsProps) {
  const shown = [...new Set(["en", ...languages, ...Object.keys(words)])];
  const more = UNION.filter((code) => !shown.includes(code));
  const Input = long ? Textarea : TextInput;
  return (
    <Fieldset legend={legend}>
      <Stack gap="xs">
        {shown.map((code, index) => (
          <Input
            key={code}
            label={languageName(code)}
            lang={code}
            required={required && index === 0 && Object.values(words).every((text) => text.trim() === "")}
            maxLength={maxLength}
            value={words[code] ?? ""}
            onChange={(event) => onChange({ ...words, [code]: event.currentTarget.value })}
          />
        ))}
        <Select
          aria-label={t("terms.language")}
          placeholder={t("terms.language")}
          data={more.map((code) => ({ value: code, label: languageName(code) }))}
          value={null}
          onChange={(code) => code && onChange({ ...words, [code]: "" })}
          searchable
        />
      </Stack>
    </Fieldset>
  );
}
