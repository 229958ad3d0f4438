// An authority counts what it was told, and the single point of contact takes the quarter's summary.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { violationsOf } from "../parts/axe.mjs";
import { PEOPLE, ask, openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { tabTo } from "../parts/keys.mjs";
import { startDemo } from "../parts/node.mjs";

const CONTACT = { mail: "paul.thill@authority.example.eu", password: "bell-tower-authority" };

describe("an authority counts what it was told", () => {
  let node, browser;

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  it("sees the figures, narrows them, and takes them as files", async () => {
    const { page, faults } = await profile(browser, node.address);
    await signIn(page, PEOPLE.csirt);
    await page.getByRole("link", { name: "Statistics" }).click();
    await expectVisible(page.getByRole("heading", { name: "Statistics", level: 1 }));
    const year = new Date().getUTCFullYear();
    const counted = await ask(page, `/api/authority/v1/statistics?from=${year}`);
    const shown = page.locator("dl dt", { hasText: "Incidents" }).locator("xpath=following-sibling::dd[1]");
    assert.equal(await shown.innerText(), String(counted.incidents));
    await expectVisible(page.locator("figure .recharts-bar-rectangle path").first());
    await page.locator("summary", { hasText: "As a table" }).click();
    await expectVisible(page.getByRole("columnheader", { name: "NIS2" }));
    assert.deepEqual(await violationsOf(page, "statistics"), []);

    const law = page.getByRole("combobox", { name: "Law" });
    await tabTo(page, law);
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: "GDPR", exact: true }).click();
    await page.waitForURL("**pack=gdpr*");
    await expectVisible(page.getByRole("heading", { name: "Nothing in this period" }));
    await page.goBack();
    await expectVisible(shown);

    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "XLSX", exact: true }).first().click();
    assert.equal((await download).suggestedFilename(), `statistics-${year}.xlsx`);
    expectNoFaults(faults);
  });

  it("fits a telephone", async () => {
    const { page, faults } = await profile(browser, node.address, { viewport: { width: 390, height: 800 }, colorScheme: "dark" });
    await signIn(page, PEOPLE.csirt);
    await page.goto("/authority/statistics");
    await expectVisible(page.locator("figure .recharts-bar-rectangle path").first());
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0);
    assert.deepEqual(await violationsOf(page, "statistics, dark"), []);
    expectNoFaults(faults);
  });

  it("lets the single point of contact see what crosses borders, and take its summary", async () => {
    const { page, faults } = await profile(browser, node.address);
    await signIn(page, CONTACT);
    await page.goto("/authority?cross_border=true");
    await page.getByRole("row").filter({ hasText: "For information" }).getByRole("link").first().click();
    await expectVisible(page.getByText("Another authority handles it", { exact: false }).first());
    assert.equal(await page.getByRole("button", { name: "Acknowledge" }).count(), 0);
    assert.deepEqual(await violationsOf(page, "copy for information"), []);

    await page.goto("/authority/statistics");
    const owed = page.getByRole("region", { name: /Art\. 23\(9\)/ }).first();
    await expectVisible(owed);
    const download = page.waitForEvent("download");
    await owed.getByRole("link", { name: /^PDF, / }).first().click();
    assert.match((await download).suggestedFilename(), /^summary-nis2-lu-LU-\d{4}-Q\d\.pdf$/);
    assert.deepEqual(await violationsOf(page, "summaries"), []);
    expectNoFaults(faults);
  });
});
