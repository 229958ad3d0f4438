import type english from "./en.json";

/** A text of the catalogues. */
export type TextKey = keyof typeof english;

type Catalogue = Partial<Record<TextKey, string>>;
type Values = Record<string, string | number>;

/** One file per language beside this one, each by its address: texts are data and no script. A language appears
 * by adding its file. */
const catalogues = import.meta.glob<string>("./*.json", { eager: true, query: "?url", import: "default" });

let current = "en";
let texts: Catalogue = {};

/** The languages that have a catalogue. */
export const languages: string[] = Object.keys(catalogues).map((path) => path.slice(2, -5));

/** The language of the pages. */
export function language(): string {
  return current;
}

/** The name of a language in that language. */
export function languageName(code: string): string {
  return new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
}

/** Loads the language kept from the last visit, or the browser's, or English. */
export async function loadLanguage(): Promise<void> {
  const wanted = [localStorage.getItem("language"), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  const chosen = wanted.find((code) => code !== null && languages.includes(code)) ?? "en";
  // What a language does not say yet is said in English.
  const [english, own] = await Promise.all([catalogue("en"), chosen === "en" ? {} : catalogue(chosen)]);
  texts = { ...english, ...own };
  current = chosen;
  document.documentElement.lang = chosen;
}

async function catalogue(code: string): Promise<Catalogue> {
  const answer = await fetch(catalogues[`./${code}.json`] ?? "");
  return answer.json() as Promise<Catalogue>;
}

/** Keeps the choice and draws the pages anew in that language. */
export function chooseLanguage(code: string): void {
  localStorage.setItem("language", code);
  window.location.reload();
}

/** The text for `key`, with `{name}` replaced by `values.name`. */
export function t(key: TextKey, values: Values = {}): string {
  const text = texts[key] ?? key;
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

type Counted = { [K in TextKey]: K extends `${infer Base}.one` ? Base : never }[TextKey];

/** The text for `count` things, by the plural rules of the language. */
export function tn(key: Counted, count: number, values: Values = {}): string {
  const form = `${key}.${new Intl.PluralRules(current).select(count)}`;
  const known = form in texts ? form : `${key}.other`;
  return t(known as TextKey, { count: count.toLocaleString(current), ...values });
}
