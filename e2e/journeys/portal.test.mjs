// The maker of a lock reports over the platform of the Union, which takes no machine: she copies from the sheet,
// notes that it was filed, and takes back what she noted by mistake.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";

import { violationsOf } from "../parts/axe.mjs";
import { ask, openBrowser, PEOPLE, profile, signIn } from "../parts/browser.mjs";
import { expectGone, expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { startDemo } from "../parts/node.mjs";

const CONFIRMATION = Buffer.from("%PDF-1.7 the platform confirms notification 2026-000123");

describe("a report that leaves over a portal", () => {
  let node, browser, page, faults, incident, duty;

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
    ({ page, faults } = await profile(browser, node.address));
    await signIn(page, PEOPLE.maker);
    const { incidents } = await ask(page, "/api/reporting/v1/incidents");
    incident = incidents.find(({ title }) => title.includes("Smart lock")).id;
    const { duties } = await ask(page, `/api/reporting/v1/incidents/${incident}`);
    duty = duties.find(({ state, key }) => state === "due" && key.startsWith("cra.")).key;
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  const stateOf = async (/** @type {string} */ key) =>
    (await ask(page, `/api/reporting/v1/incidents/${incident}`)).duties.find((one) => one.key === key);

  it("goes out in the formats that the law and its readers know", async () => {
    await page.goto(`/report/incidents/${incident}/duties/${duty}?step=preview`);
    await page.getByRole("button", { name: "Download as" }).first().click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "Table (CSV)" }).first().click(),
    ]);
    let table = "";
    for await (const part of await file.createReadStream()) table += part;
    assert.ok(table.startsWith("duty,law,stage,field,") && table.includes("Smart lock K3"), table.slice(0, 400));
  });

  it("is copied from a sheet in the order of the platform, with its limits", async () => {
    await page.getByRole("button", { name: "Download as" }).first().click();
    await page.getByRole("menuitem", { name: "Open the sheet to copy from" }).first().click();
    await expectVisible(page.getByText("Copy them one by one."));
    await expectVisible(page.getByText("Smart lock K3").first());
    assert.deepEqual(await violationsOf(page, "sheet"), []);
    await page.getByRole("link", { name: "Note it at the stage" }).click();
    await expectVisible(page.getByRole("heading", { name: /Smart lock K3/ }));
  });

  it("counts as filed from the instant that she states, with the fingerprint of the confirmation", async () => {
    const stage = page.locator("article", { has: page.locator(`a[href*="${duty}"]`) });
    await stage.getByRole("button", { name: "Note that it was filed without Beffroi" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("To whom").fill("Single Reporting Platform");
    await dialog.getByRole("textbox", { name: "Reference" }).fill("2026-000123");
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      dialog.getByRole("button", { name: "Confirmation" }).click(),
    ]);
    await chooser.setFiles({ name: "confirmation.pdf", mimeType: "application/pdf", buffer: CONFIRMATION });
    assert.deepEqual(await violationsOf(page, "dialog of what was filed elsewhere"), []);
    await dialog.getByRole("button", { name: "Note that it was filed" }).click();
    await expectGone(dialog);
    await expectVisible(stage.getByText("Filed over a portal to Single Reporting Platform"));
    await expectVisible(stage.getByText("with the fingerprint of a confirmation"));
    assert.equal((await stateOf(duty)).state, "filed");
    const { elsewhere } = await ask(page, `/api/reporting/v1/incidents/${incident}`);
    assert.equal(elsewhere[0].proof_sha256, createHash("sha256").update(CONFIRMATION).digest("hex"));
    assert.deepEqual(await violationsOf(page, "duties with what was filed elsewhere"), []);
  });

  it("is open again when it was a mistake, and the history keeps both", async () => {
    const stage = page.locator("article", { has: page.locator(`a[href*="${duty}"]`) });
    await stage.getByRole("button", { name: "Take back" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Why it is taken back").fill("It was the report of another lock.");
    await dialog.getByRole("button", { name: "Take back" }).click();
    await expectGone(dialog);
    await expectGone(stage.getByText("Filed over a portal"));
    assert.equal((await stateOf(duty)).state, "due");
    await page.getByRole("tab", { name: "History" }).click();
    await expectVisible(page.getByText("It was the report of another lock."));
    expectNoFaults(faults);
  });
});
