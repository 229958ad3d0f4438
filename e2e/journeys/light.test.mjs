// The first page is small and quick, and everything comes from the node itself.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { PEOPLE, openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { startDemo } from "../parts/node.mjs";

const MOST_SCRIPT = 250_000;
const MOST_MILLISECONDS = 1_000;
/** The machine may be busy with other checks: the quickest counts, and one quick enough ends the trying. */
const MOST_TRIES = 8;

/**
 * The bytes that each file of a kind takes on the wire, headers included, without a cache.
 * @param {import("playwright-core").CDPSession} session
 * @param {string} kind
 */
async function transfersOf(session, kind) {
  const wanted = new Set();
  /** @type {number[]} */
  const bytes = [];
  session.on("Network.responseReceived", ({ requestId, type }) => type === kind && wanted.add(requestId));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (wanted.has(requestId)) bytes.push(encodedDataLength);
  });
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  return bytes;
}

describe("the first page", () => {
  let node, browser;

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  for (const [person, heading] of [["hospital", "What is due"], ["csirt", "Inbox"]]) {
    it(`of the ${person} has less than 250 kB of compressed script and is there within a second`, async (test) => {
      const first = [];
      for (let tried = 0; tried < MOST_TRIES && !(Math.min(...first) < MOST_MILLISECONDS); tried += 1) {
        const { context, page, faults } = await profile(browser, node.address);
        await signIn(page, PEOPLE[person]);
        await expectVisible(page.getByRole("heading", { level: 1, name: heading }));
        const session = await context.newCDPSession(page);
        const scripts = await transfersOf(session, "Script");
        // The line of live updates stays open: the network is never idle.
        await page.reload({ waitUntil: "load" });
        await expectVisible(page.getByRole("heading", { level: 1, name: heading }));
        await expectVisible(page.getByRole("link", { name: /unread notice/ }));
        const transferred = scripts.reduce((sum, bytes) => sum + bytes, 0);
        assert.ok(scripts.length > 0);
        assert.ok(transferred < MOST_SCRIPT, `${transferred} bytes of script`);
        first.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
        if (tried === 0) test.diagnostic(`${transferred} bytes of compressed script in ${scripts.length} files`);
        expectNoFaults(faults);
        await context.close();
      }
      test.diagnostic(`first contentful paint after ${first.map(Math.round).join(", ")} ms`);
      assert.ok(Math.min(...first) < MOST_MILLISECONDS, `${first.join(", ")} ms`);
    });
  }
});
