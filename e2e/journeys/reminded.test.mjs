// People are told in time: in the page, in their own calendar, and at once when a colleague acts.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { violationsOf } from "../parts/axe.mjs";
import { PEOPLE, ask, openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectGone, expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { tabTo } from "../parts/keys.mjs";
import { startDemo } from "../parts/node.mjs";
import { Answering } from "../parts/report.mjs";

/** Far less than the minute after which a page asks by itself while it listens. */
const AT_ONCE = 8_000;
/** The worker looks at the ladders every twenty seconds. */
const A_TICK = 45_000;

describe("reminders, calendar and live pages", () => {
  let node, browser, claire, tom;

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
    claire = await profile(browser, node.address);
    tom = await profile(browser, node.address);
    await signIn(claire.page, PEOPLE.hospital);
    await signIn(tom.page, PEOPLE.colleague);
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  it("shows at once what a colleague writes", async () => {
    const { incidents } = await ask(claire.page, "/api/reporting/v1/incidents");
    await tom.page.goto("/report/incidents");
    await expectVisible(tom.page.getByRole("heading", { level: 1, name: "Incidents" }));
    await claire.page.goto(`/report/incidents/${incidents[0].id}`);
    const writing = new Answering(claire.page);
    await writing.write("What happened, in one line", "Renamed while Tom looks on");
    await writing.saved();
    await expectVisible(tom.page.getByRole("link", { name: "Renamed while Tom looks on" }), AT_ONCE);
  });

  it("tells what is due, with words and a way there, and counts what is unread", async () => {
    const { page } = claire;
    // The ladder names a step two days before: every open clock has reached it.
    await page.goto("/admin/reminders");
    await expectVisible(page.getByRole("heading", { level: 1, name: "Reminders" }));
    assert.deepEqual(await violationsOf(page, "reminders"), []);
    const first = page.getByRole("group", { name: "Step 1" });
    await first.getByRole("textbox", { name: "How long" }).fill("29");
    await first.getByRole("combobox", { name: "Unit" }).click();
    await page.getByRole("option", { name: "days", exact: true }).click();
    await page.getByRole("button", { name: "Save the steps" }).click();
    await expectVisible(page.getByText("Saved. It holds for every open duty."));

    const bell = page.getByRole("link", { name: /^\d+ unread notice/ });
    await expectVisible(bell, A_TICK);
    await bell.click();
    await expectVisible(page.getByRole("heading", { level: 1, name: "Notices" }));
    await expectVisible(page.getByText("Reminder").first());
    assert.deepEqual(await violationsOf(page, "notices"), []);
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await expectVisible(page.getByRole("link", { name: "No unread notices" }));
    await page.getByRole("listitem").first().getByRole("link").click();
    await page.waitForURL("**/report/incidents/*/duties/*");
  });

  it("says what is wrong with a step", async () => {
    const { page } = claire;
    await page.goto("/admin/reminders");
    await page.getByRole("button", { name: "Add a step" }).click();
    const last = page.getByRole("group", { name: /^Step/ }).last();
    await last.getByRole("textbox", { name: "How long" }).fill("40");
    await last.getByRole("combobox", { name: "Unit" }).click();
    await page.getByRole("option", { name: "days", exact: true }).click();
    await page.getByRole("button", { name: "Save the steps" }).click();
    await expectVisible(page.getByRole("alert").filter({ hasText: "thirty days" }));
    await page.getByRole("button", { name: "Undo the changes" }).click();
    await expectGone(page.getByRole("alert").filter({ hasText: "thirty days" }));
  });

  it("is no page for those who do not administer", async () => {
    await tom.page.goto("/admin/reminders");
    await expectVisible(tom.page.getByText("Only administrators of your organisation"));
  });

  it("puts one's deadlines into one's own calendar, by keyboard, until it is taken back", async () => {
    const { page } = claire;
    await page.goto("/report/calendar");
    await expectVisible(page.getByRole("heading", { level: 1, name: "Calendar" }));
    assert.deepEqual(await violationsOf(page, "calendar"), []);
    await tabTo(page, page.getByRole("button", { name: "Make an address" }));
    await page.keyboard.press("Enter");
    const address = page.getByText(/\/calendar\/[\w-]{43}\.ics$/);
    await expectVisible(address);
    assert.deepEqual(await violationsOf(page, "calendar with its address"), []);
    const feed = await page.request.get((await address.textContent()) ?? "", { headers: { cookie: "" } });
    const text = await feed.text();
    assert.equal(feed.headers()["content-type"], "text/calendar; charset=utf-8");
    assert.match(text, /BEGIN:VEVENT\r\n/);
    assert.doesNotMatch(text, /Renamed while Tom/, "no answer stands in it");
    await page.getByRole("button", { name: "End the address" }).click();
    await expectVisible(page.getByRole("button", { name: "Make an address" }));
    assert.equal((await page.request.get(feed.url())).status(), 404);
  });

  it("did nothing that a page must not do", () => {
    expectNoFaults([...claire.faults, ...tom.faults]);
  });
});
