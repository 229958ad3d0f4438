// What somebody at a hospital answers the duty finder, whatever order it asks in.
import { expectVisible } from "./expect.mjs";

/** Choices by field; what is not named here is not known. */
const KNOWN = {
  country: "Luxembourg",
  "entity.type": "Healthcare provider",
  "entity.class": "Essential entity",
  "entity.sector": "Health",
  significance_decision: "Yes, significant",
};
const MOST = 40;

/**
 * Answers until the finder has no question left, or until `until` is asked. Returns the fields that were asked.
 * @param {import("playwright-core").Page} page
 * @param {string} [until]
 */
export async function tellFinder(page, until) {
  /** @type {string[]} */
  const asked = [];
  const card = page.getByRole("form", { name: "The next question" });
  const done = page.getByRole("heading", { name: "No question is left that would change anything" });
  while (asked.length < MOST) {
    const last = asked.at(-1);
    const fresh = card.locator(last ? `[data-field]:not([data-field="${last}"])` : "[data-field]");
    await expectVisible(fresh.or(done));
    if (await done.isVisible()) break;
    const field = (await fresh.getAttribute("data-field")) ?? "";
    if (field === until) break;
    asked.push(field);
    await answer(page, card, KNOWN[field]);
  }
  return asked;
}

/** @param {import("playwright-core").Page} page @param {import("playwright-core").Locator} card @param {string | undefined} words */
async function answer(page, card, words) {
  if (!words) return card.getByRole("button", { name: "I don’t know" }).click();
  const radio = card.getByRole("radio", { name: words, exact: true });
  if ((await radio.count()) > 0) await radio.check();
  else {
    await card.locator("input:not([type=hidden])").first().fill(words);
    await page.getByRole("option", { name: words, exact: true }).click();
  }
  // An open list of several lies over the button.
  await page.keyboard.press("Tab");
  await card.getByRole("button", { name: "Next" }).click();
}
