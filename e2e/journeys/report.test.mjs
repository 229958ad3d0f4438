// The main way: the hospital reports, the CSIRT answers, both can prove it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { PEOPLE, ask, openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectGone, expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { must, startDemo } from "../parts/node.mjs";
import { answerRansomware, checkAndFile, hoursAgo } from "../parts/report.mjs";

const TITLE = "Ransomware on the laboratory servers";
const CSIRT = "National CSIRT (demonstration)";
const ZONE = "Europe/Luxembourg";
const SECONDS = 15_000;

describe("a report goes from the hospital's wizard to the CSIRT's desk and back", () => {
  let node, browser, hospital, csirt;
  /** The filing's identifier, once there is one. */
  let filing = "";
  const knownAt = hoursAgo(2);

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
    hospital = await profile(browser, node.address);
    csirt = await profile(browser, node.address);
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  it("asks at most six answers for an early warning", async () => {
    const { page } = hospital;
    await signIn(page, PEOPLE.hospital);
    await page.getByRole("link", { name: "Report an incident" }).click();
    const answering = await answerRansomware(page, TITLE, knownAt, ZONE);
    await expectVisible(page.getByRole("link", { name: "Check and file" }));
    assert.ok(answering.given <= 6, `${answering.given} answers were needed`);
  });

  it("shows the deadline to the minute, in the zone of the organisation", async () => {
    const { page } = hospital;
    const incident = new URL(page.url()).searchParams.get("incident");
    const record = await ask(page, `/api/reporting/v1/incidents/${incident}`);
    const duty = record.duties.find(({ key }) => key === "nis2-lu.mandatory.early_warning");
    const expected = new Date(knownAt.getTime() + 24 * 3_600_000);
    assert.equal(Date.parse(duty.due.at), expected.getTime(), "24 hours after it was known, to the second");

    const shown = page.getByRole("region", { name: /Early warning/ }).locator("time");
    assert.equal(Date.parse(await shown.getAttribute("datetime") ?? ""), expected.getTime());
    const words = await shown.textContent();
    const inZone = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, ...options }).format(expected);
    assert.ok(words?.includes(inZone({ hour: "2-digit", minute: "2-digit" })), words ?? "");
    assert.ok(words?.includes(inZone({ weekday: "long" })), words ?? "");
    assert.ok(words?.includes(inZone({ day: "numeric", month: "long", year: "numeric" })), words ?? "");
    assert.match(words ?? "", /Luxembourg/, "the zone is named");
    const left = await page.getByRole("region", { name: /Early warning/ }).getByRole("timer").textContent();
    assert.match(left ?? "", /^in (22 h|21 h 5\d min)$/);
  });

  it("files what the preview shows with the recipient that the confirmation names", async () => {
    const { page } = hospital;
    await page.getByRole("link", { name: "Check and file" }).click();
    await expectVisible(page.getByText("This is exactly what will be seen by"));
    const preview = page.getByRole("main");
    await expectVisible(preview.locator("[data-filed]"));
    const lines = await preview.locator("[data-filed]").allTextContents();
    await page.goBack();
    filing = await checkAndFile(page, CSIRT);
    await expectVisible(page.getByRole("heading", { level: 1, name: "NIS2 (Luxembourg): Early warning" }));
    assert.ok(lines.some((line) => line.includes(TITLE)), lines.join("\n"));
    await expectVisible(preview.locator("[data-filed]"));
    assert.deepEqual(await preview.locator("[data-filed]").allTextContents(), lines, "filed as previewed");
  });

  it("gives a receipt that is verified without the node", async () => {
    const { page, context } = hospital;
    const [receipt] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("link", { name: "Receipt to print" }).click(),
    ]);
    await expectVisible(receipt.getByText(CSIRT, { exact: false }));
    await expectVisible(receipt.getByRole("heading", { level: 1, name: /\w+-\w+/ }));
    const file = await saved(receipt, "Keep the receipt as a file", "receipt.json");
    const keys = await saved(receipt, "Published keys", "keys.json");

    const verified = JSON.parse(must(await node.beffroi("--json", "verify", "--trust", keys, file)));
    assert.equal(verified.intact, true);
    assert.equal(verified.trusted, true);
    const unknown = await node.beffroi("verify", file);
    assert.equal(unknown.code, 1, "without the keys the signer is unknown");
    await receipt.close();
  });

  async function saved(page, link, name) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: link }).click()]);
    const path = join(node.folder, name);
    await download.saveAs(path);
    return path;
  }

  it("is unread in the inbox of the CSIRT", async () => {
    const { page } = csirt;
    await page.goto("/");
    await signIn(page, PEOPLE.csirt);
    const row = page.getByRole("row").filter({ hasText: TITLE });
    await expectVisible(row.getByRole("link", { name: TITLE }));
    await expectVisible(row.getByText("new", { exact: true }));
    await expectVisible(row.getByText("NIS2 (Luxembourg): Early warning"));
    await expectVisible(row.getByRole("timer"));
    await row.getByRole("link", { name: TITLE }).click();
    await page.waitForURL(`**/authority/filings/${filing}`);
    await expectVisible(page.getByText("The wards work on paper; operations are postponed."));
  });

  it("is acknowledged and answered, and the hospital sees it within seconds without a reload", async () => {
    const reporter = hospital.page;
    await reporter.goto(`/report/filings/${filing}`);
    await reporter.evaluate(() => (window.name = "not loaded again"));
    await expectVisible(reporter.getByText("Luc Schmit"), SECONDS);

    const officer = csirt.page;
    await officer.getByRole("button", { name: "Acknowledge" }).click();
    await expectGone(officer.getByRole("button", { name: "Acknowledge" }));
    await expectVisible(reporter.locator("main header").getByText("acknowledged", { exact: true }), SECONDS);

    await officer.getByRole("button", { name: "Respond" }).click();
    const dialog = officer.getByRole("dialog");
    await dialog.getByLabel("Your response").fill("Keep the encrypted disks; we call you at 16:00.");
    await dialog.getByRole("button", { name: /^Send to Hôpitaux/ }).click();
    await expectGone(dialog);
    await expectVisible(reporter.getByText("Keep the encrypted disks; we call you at 16:00."), SECONDS);
    await expectVisible(reporter.locator("main header").getByText("answered", { exact: true }), SECONDS);
    assert.equal(await reporter.evaluate(() => window.name), "not loaded again");
  });

  it("leaves the inbox read and answered", async () => {
    const { page } = csirt;
    await page.getByRole("link", { name: "Back to the inbox" }).click();
    const row = page.getByRole("row").filter({ hasText: TITLE });
    await expectVisible(row.getByText("answered", { exact: true }));
    assert.equal(await row.getByText("new", { exact: true }).count(), 0);
  });

  it("did nothing that a page must not do", () => {
    expectNoFaults([...hospital.faults, ...csirt.faults]);
  });
});
