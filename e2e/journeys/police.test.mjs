// Prepared before it is needed: the hospital says what it has ready for the police, files a complaint, and takes the
// package, which is checked without the node. The police sees the complaint and takes the same package. A preservation
// hold keeps the record; what the police marks PAP:RED is shown with its rule.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { violationsOf } from "../parts/axe.mjs";
import { PEOPLE, ask, openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectGone, expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { must, startDemo } from "../parts/node.mjs";

const COMPLAINT = "criminal-2013-40-lu.complaint.complaint";
const POLICE = { mail: "anne.wagner@police.example.eu", password: "bell-tower-police" };
const ANSWERS = {
  suspected_malicious: true,
  summary: "Files on the servers of two wards are encrypted.",
  incident_type: "unauthorised-information-modification",
  complainant_name: "Claire Hoffmann",
  complainant_function: "legal_representative",
  contacts: [{ name: "Claire Hoffmann", telephone: "+352 621 000 000" }],
  prosecution_wish: "wanted",
  indicators: [{ kind: "domain", value: "bad.example" }],
  evidence_items: [
    { number: "E-1", kind: "log", what: "Log of the VPN", sharing: "police_only" },
    { number: "E-2", kind: "log", what: "Nightjar", sharing: "on_order" },
  ],
};

describe("police", () => {
  let node, browser, claire, anne;
  let incident = "";
  let filing = "";

  /** Downloads what a click on `link` brings; the path of the file. */
  async function download(page, link, name) {
    const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const path = join(node.folder, name);
    await file.saveAs(path);
    return path;
  }

  /** Takes the package by the menu of formats. */
  async function takePackage(page, name) {
    await page.getByRole("button", { name: "Download as …" }).click();
    return download(page, page.getByRole("menuitem", { name: /Package for the police/ }), name);
  }

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
    claire = await profile(browser, node.address);
    anne = await profile(browser, node.address);
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  it("the hospital says what it has ready", async () => {
    const { page } = claire;
    await signIn(page, PEOPLE.hospital);
    await page.getByRole("link", { name: "Administration" }).click();
    await page.getByRole("link", { name: "Ready for the police" }).click();
    await expectVisible(page.getByRole("heading", { level: 1, name: "Ready for the police" }));
    await expectVisible(page.getByText(/Police, unit for new technologies \(demonstration\)/));
    await page.getByRole("button", { name: "Change: Contact at the police is known" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "Not for us" }).check();
    await dialog.getByRole("button", { name: "Save" }).click();
    await expectVisible(dialog.getByText("say why this does not concern you"));
    await dialog.getByRole("radio", { name: "Done" }).check();
    await dialog.getByRole("textbox", { name: /What stands behind it/ }).fill("Unit for new technologies, day and night");
    await dialog.getByLabel("Done on").fill("2026-01-15");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expectGone(dialog);
    await expectVisible(page.getByText("1 of 26 done"));
    const card = await download(page, page.getByRole("link", { name: "Card for the first hour (PDF)" }), "card.pdf");
    assert.equal((await readFile(card)).subarray(0, 4).toString(), "%PDF");
    assert.deepEqual(await violationsOf(page, "readiness"), []);
  });

  it("the complaint is filed, and its package is checked without the node", async () => {
    const { page } = claire;
    const me = await ask(page, "/api/v1/me");
    incident = (await ask(page, "/api/reporting/v1/incidents")).incidents[0].id;
    const { revision } = await ask(page, `/api/reporting/v1/incidents/${incident}`);
    const answers = Object.fromEntries(Object.entries(ANSWERS).map(([field, value]) => [field, { value }]));
    const saved = await page.request.patch(`/api/reporting/v1/incidents/${incident}/answers`, {
      headers: { "X-CSRF-Token": me.csrf_token },
      data: { base_revision: revision, answers },
    });
    assert.equal(saved.status(), 200, await saved.text());
    await page.goto(`/report/incidents/${incident}/duties/${COMPLAINT}?step=preview`);
    await page.getByRole("button", { name: "File it" }).click();
    await page.getByRole("button", { name: /^File it with Police/ }).click();
    await page.waitForURL("**/report/filings/*");
    filing = page.url().split("/").at(-1) ?? "";

    const path = await takePackage(page, "package.zip");
    const files = join(node.folder, "package");
    execFileSync("python3", ["-m", "zipfile", "-e", path, files]);
    assert.match(execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: files }).toString(), /complaint\.pdf: OK/);
    const manifest = JSON.parse(await readFile(join(files, "evidence-manifest.json"), "utf8"));
    assert.deepEqual(manifest.withheld, [{ id: "E-2", reason: "withheld: no consent" }]);
    for (const name of ["complaint.json", "evidence-manifest.json", "evidence-manifest.csv", "timeline.csv"])
      assert.ok(!(await readFile(join(files, name), "utf8")).includes("Nightjar"), name);
    const keys = join(node.folder, "keys.json");
    await writeFile(keys, must(await node.beffroi("key", "list", "--json")));
    assert.match(must(await node.beffroi("verify", "--trust", keys, path)), /intact, signer trusted/);
  });

  it("the police takes the same package, and asks for secrecy", async () => {
    const { page } = anne;
    await signIn(page, POLICE);
    await page.goto(`/authority/filings/${filing}`);
    await expectVisible(page.getByText("Log of the VPN"));
    const path = await takePackage(page, "theirs.zip");
    assert.deepEqual(await readFile(path), await readFile(join(node.folder, "package.zip")));
    await page.getByRole("button", { name: /^Respond/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What may be done (PAP)").first().click();
    await page.getByRole("option", { name: "PAP:RED" }).click();
    await dialog.getByRole("textbox", { name: "Your response" }).fill("We watch the server. Change nothing on it.");
    assert.deepEqual(await violationsOf(page, "respond, marked"), []);
    await dialog.getByRole("button", { name: /^Send to/ }).click();
    await expectGone(dialog);
  });

  it("the record says so, and a hold keeps it", async () => {
    const { page } = claire;
    await page.goto(`/report/incidents/${incident}?tab=preservation`);
    await expectVisible(page.getByText(/marked what it wrote PAP:RED/));
    await page.getByRole("button", { name: "Place a hold" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "An authority asked for it" }).check();
    await dialog.getByRole("textbox", { name: /^Authority/ }).fill("Police, unit for new technologies");
    await dialog.getByRole("textbox", { name: /legal basis/ }).fill("Request of today");
    await dialog.getByRole("textbox", { name: /What is preserved/ }).fill("The record and its evidence");
    assert.deepEqual(await violationsOf(page, "place a hold"), []);
    await dialog.getByRole("button", { name: "Place a hold" }).click();
    await expectGone(dialog);
    await expectVisible(page.getByText(/nothing of this record may be erased/));
    await expectVisible(page.getByText("It cannot be erased now:"));
    assert.deepEqual(await violationsOf(page, "preservation"), []);
    await page.getByRole("tab", { name: "History" }).click();
    await expectVisible(page.getByText("Preservation hold", { exact: true }));
    expectNoFaults([...claire.faults, ...anne.faults]);
  });
});
