// Going through a page with the keyboard alone.
import assert from "node:assert/strict";

const FAR_ENOUGH = 120;

/**
 * Presses Tab until `target` has the focus, and checks that one can see that it has.
 * @param {import("playwright-core").Page} page
 * @param {import("playwright-core").Locator} target
 */
export async function tabTo(page, target) {
  await target.first().waitFor();
  for (let pressed = 0; pressed < FAR_ENOUGH; pressed += 1) {
    if (await hasFocus(target)) {
      assert.ok(await focusIsSeen(target), `nothing shows that the focus is on ${target}`);
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not lead to ${target}`);
}

/** @param {import("playwright-core").Locator} target */
export async function hasFocus(target) {
  return target.first().evaluate((element) => element === document.activeElement);
}

/** @param {import("playwright-core").Locator} target */
async function focusIsSeen(target) {
  return target.first().evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
  });
}
