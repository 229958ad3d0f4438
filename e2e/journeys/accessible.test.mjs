// Every page and every dialog under axe with no rule off, in light and dark.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { violationsOf } from "../parts/axe.mjs";
import { PEOPLE, openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { startDemo } from "../parts/node.mjs";
import { AUTHORITY, PUBLIC, REPORT, placesOf } from "../parts/pages.mjs";

const VISITORS = [
  { pages: PUBLIC, person: undefined },
  { pages: REPORT, person: PEOPLE.hospital },
  { pages: AUTHORITY, person: PEOPLE.csirt },
];

describe("accessibility", () => {
  let node, browser, places;

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
    places = await placesOf(browser, node);
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  for (const colorScheme of ["light", "dark"])
    for (const { pages, person } of VISITORS)
      it(`of the pages ${person ? `of ${person.mail}` : "for everybody"}, ${colorScheme}`, async () => {
        const { page, faults } = await profile(browser, node.address, { colorScheme });
        if (person) await signIn(page, person);
        const found = [];
        for (const { name, go } of pages) {
          await go(page, places);
          found.push(...(await violationsOf(page, name)));
        }
        assert.deepEqual(found, []);
        expectNoFaults(faults.filter((fault) => !fault.startsWith("Refusal: there is no such")));
      });

  it("follows the wish for light or dark that the person chose", async () => {
    const { page } = await profile(browser, node.address, { colorScheme: "light" });
    await signIn(page, PEOPLE.hospital);
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitem", { name: "Dark" }).click();
    await expectVisible(page.locator("html[data-mantine-color-scheme=dark]"));
  });
});
