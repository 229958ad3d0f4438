// "Which laws apply to us?": without an account, few questions, and on to a report.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { violationsOf } from "../parts/axe.mjs";
import { PEOPLE, openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { tellFinder } from "../parts/finder.mjs";
import { tabTo } from "../parts/keys.mjs";
import { startDemo } from "../parts/node.mjs";

const FEW = 20;

describe("a hospital finds its duties without an account", () => {
  let node, browser;

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  it("is led to them in few questions, sees what if, and reports", async () => {
    const { page, faults } = await profile(browser, node.address, { viewport: { width: 360, height: 800 } });
    await page.goto("/login");
    await page.getByRole("link", { name: "Which laws apply to us?" }).click();
    const asked = await tellFinder(page);
    assert.equal(asked[0], "country");
    assert.ok(asked.length <= FEW, `${asked.length} questions: ${asked.join(", ")}`);
    assert.equal(new Set(asked).size, asked.length, "no question comes twice");
    const law = page.locator('[data-law^="nis2"]');
    assert.equal(await law.getAttribute("data-verdict"), "applies");
    await expectVisible(law.getByText("24 hours from becoming aware that the incident is significant").first());

    await page.getByRole("button", { name: "Change or see what if: Is the incident significant?" }).click();
    await page.getByRole("radio", { name: "No, not significant" }).check();
    await expectVisible(page.getByRole("status").getByText("no longer applies").first());
    assert.equal(await law.getAttribute("data-verdict"), "applies", "it was only asked what if");
    await page.getByRole("button", { name: "Leave it as it was" }).click();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, "it fits a telephone");
    assert.deepEqual(await violationsOf(page, "finder"), []);

    await page.getByRole("switch", { name: "Also simulate proposed laws" }).check({ force: true });
    await page.getByRole("checkbox").first().check();
    await expectVisible(page.getByText("simulated", { exact: true }).first());

    await page.getByRole("button", { name: "Report this incident" }).click();
    await signIn(page, PEOPLE.hospital);
    await page.waitForURL("**/report/new?*incident=*");
    await expectVisible(page.getByRole("radio", { name: "Yes, significant", checked: true }));
    expectNoFaults(faults);
  });

  it("is answered by keyboard alone", async () => {
    const { page, faults } = await profile(browser, node.address);
    await page.goto("/duties");
    const state = page.getByRole("combobox");
    await tabTo(page, state.or(page.locator("#field-country")));
    await page.keyboard.type("Luxem");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByRole("button", { name: "Next" }));
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByRole("button", { name: "I don’t know" }));
    await page.keyboard.press("Enter");
    await expectVisible(page.getByRole("heading", { name: "Your answers so far" }));
    expectNoFaults(faults);
  });
});
