// What a person at the hospital does: answers questions, checks, files.
import { expectVisible } from "./expect.mjs";

/** Answers questions by their label, as a person finds them, and counts the answers given. */
export class Answering {
  given = 0;
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {string} label @param {string} text */
  async write(label, text) {
    this.given += 1;
    await this.page.getByRole("textbox", { name: label }).fill(text);
  }

  /** @param {string} label @param {number} number */
  async count(label, number) {
    this.given += 1;
    await this.page.getByRole("textbox", { name: label }).fill(String(number));
  }

  /** An instant counts when it is whole: on Enter, or on leaving. @param {string} label @param {string} local wall clock of the organisation, `2026-03-06T15:30` */
  async at(label, local) {
    this.given += 1;
    const control = this.page.getByRole("textbox", { name: new RegExp(`^${label}`) });
    await control.fill(local);
    await control.press("Enter");
  }

  /** Says why an instant that starts a clock is changed. @param {string} label @param {string} reason */
  async because(label, reason) {
    await this.page.getByRole("textbox", { name: `Why this time? (${label})` }).fill(reason);
    await this.page.getByRole("button", { name: "Save with this reason" }).click();
  }

  /** @param {string} label @param {string} choice */
  async choose(label, choice) {
    this.given += 1;
    await this.page.getByRole("group", { name: label }).getByRole("radio", { name: choice }).check();
  }

  /** @param {string} label */
  async unknown(label) {
    this.given += 1;
    await this.page.getByRole("button", { name: `Unknown yet: ${label}` }).click();
  }

  /** Until the page says that nothing waits to be saved. */
  saved() {
    return expectVisible(this.page.getByRole("status").getByText("All answers are saved"));
  }
}

/** The wall clock in a zone as a control for date and time takes it. @param {Date} at @param {string} zone */
export function wallClock(at, zone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" })
    .format(at)
    .replace(" ", "T");
}

/** The present less some hours, on the whole minute. @param {number} hours */
export function hoursAgo(hours) {
  const at = new Date(Date.now() - hours * 3_600_000);
  at.setSeconds(0, 0);
  return at;
}

/**
 * The ransomware case with the six answers that an early warning wants.
 * @param {import("playwright-core").Page} page on the wizard's first questions
 * @param {string} title
 * @param {Date} knownAt when it was known to be significant
 * @param {string} zone
 */
export async function answerRansomware(page, title, knownAt, zone) {
  const answering = new Answering(page);
  await answering.write("What happened, in one line", title);
  await answering.at("When you knew that it was significant", wallClock(knownAt, zone));
  await answering.choose("Is the incident significant?", "Yes, significant");
  await answering.write("Why it is significant, or why not", "The wards work on paper; operations are postponed.");
  await answering.choose("Do you suspect an unlawful or malicious act?", "Yes");
  await answering.unknown("Can it have an effect in another country?");
  await answering.saved();
  return answering;
}

/**
 * From the wizard over the preview to the filing's page; the recipient is named in the confirmation.
 * @param {import("playwright-core").Page} page
 * @param {string} recipient
 */
export async function checkAndFile(page, recipient) {
  await page.getByRole("link", { name: "Check and file" }).click();
  await page.getByRole("button", { name: "File it" }).click();
  const dialog = page.getByRole("dialog", { name: "File this report?" });
  await expectVisible(dialog.getByText(`will be filed with ${recipient}`));
  await dialog.getByRole("button", { name: `File it with ${recipient}` }).click();
  await page.waitForURL("**/report/filings/*");
  return page.url().split("/").at(-1) ?? "";
}
