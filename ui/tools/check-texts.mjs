// Every text stands in the catalogues, every key is used, every language has every key.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { parseSync } from "vite";

const source = join(dirname(fileURLToPath(import.meta.url)), "..", "src");
const english = JSON.parse(readFileSync(join(source, "text", "en.json"), "utf8"));
const keys = Object.keys(english);
const findings = [];
const used = new Set();

/** Attributes that people see or hear. */
const SPOKEN = new Set(["label", "title", "placeholder", "description", "alt", "aria-label", "message", "nothingFound"]);
const WORDS = /\p{L}{2}/u;

function use(key, where) {
  if (key in english) used.add(key);
  else findings.push(`${where}: the key ${key} is in no catalogue`);
}

/** What `t(...)` or `tn(...)` names: a key, a pattern with holes, or one of two keys. */
function named(node, counted, where) {
  if (node?.type === "Literal" && typeof node.value === "string") {
    if (!counted) return use(node.value, where);
    const forms = keys.filter((key) => key.startsWith(`${node.value}.`));
    if (!forms.includes(`${node.value}.other`)) findings.push(`${where}: ${node.value} has no plural forms`);
    return forms.forEach((key) => used.add(key));
  }
  if (node?.type === "TemplateLiteral") {
    const pattern = node.quasis.map(({ value }) => value.cooked.replaceAll(".", "\\.")).join("[a-z_A-Z]+");
    const fits = keys.filter((key) => new RegExp(`^${pattern}$`).test(key));
    if (fits.length === 0) findings.push(`${where}: no key fits ${pattern}`);
    return fits.forEach((key) => used.add(key));
  }
  if (node?.type === "ConditionalExpression") {
    named(node.consequent, counted, where);
    named(node.alternate, counted, where);
  }
}

function visit(node, file, where) {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) return node.forEach((one) => visit(one, file, where));
  const at = typeof node.start === "number" ? `${file}:${where(node.start)}` : file;
  if (node.type === "CallExpression" && ["t", "tn"].includes(node.callee.name))
    named(node.arguments[0], node.callee.name === "tn", at);
  if (node.type === "Literal" && typeof node.value === "string" && node.value in english) used.add(node.value);
  if (node.type === "JSXText" && WORDS.test(node.value)) findings.push(`${at}: text outside of the catalogues: ${node.value.trim()}`);
  if (node.type === "JSXAttribute" && SPOKEN.has(node.name.name) && node.value?.type === "Literal" && WORDS.test(node.value.value))
    findings.push(`${at}: ${node.name.name} has a text outside of the catalogues: ${node.value.value}`);
  for (const value of Object.values(node)) visit(value, file, where);
}

for (const name of readdirSync(source, { recursive: true })) {
  if (!/\.tsx?$/.test(name) || name.endsWith(".d.ts")) continue;
  const text = readFileSync(join(source, name), "utf8");
  const { program, errors } = parseSync(name, text);
  if (errors.length > 0) findings.push(`${name}: ${errors[0].message}`);
  visit(program, name, (offset) => text.slice(0, offset).split("\n").length);
}

for (const key of keys) if (!used.has(key)) findings.push(`text/en.json: nothing uses ${key}`);
for (const name of readdirSync(join(source, "text"))) {
  if (!name.endsWith(".json") || name === "en.json") continue;
  const other = JSON.parse(readFileSync(join(source, "text", name), "utf8"));
  for (const key of keys) if (!(key in other)) findings.push(`text/${name}: ${key} is missing`);
  for (const key of Object.keys(other)) if (!(key in english)) findings.push(`text/${name}: ${key} is not in en.json`);
}

if (findings.length > 0) {
  console.error(findings.join("\n"));
  process.exit(1);
}
console.log(`${keys.length} texts, all used, none elsewhere`);
