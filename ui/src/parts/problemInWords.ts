/** A field as a message names it for machines: its identifier with the question in brackets. */
const FIELD = /\b[a-z][a-z0-9_.]* \(([^()]+)\)/g;

/** What is wrong, naming the questions as the page shows them, without their identifiers. */
export function problemInWords(message: string): string {
  return message.replaceAll(FIELD, "“$1”");
}
