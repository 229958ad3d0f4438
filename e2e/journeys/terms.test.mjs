// Own terms: an administrator keeps them, a colleague picks one, and what was used does not vanish.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { violationsOf } from "../parts/axe.mjs";
import { PEOPLE, ask, openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectGone, expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { startDemo } from "../parts/node.mjs";
import { Answering } from "../parts/report.mjs";

const TERM = "Ransomware of the Bell group";

describe("own terms below official values", () => {
  let node, browser, claire, tom, incident;

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
    claire = await profile(browser, node.address);
    tom = await profile(browser, node.address);
    await signIn(claire.page, PEOPLE.hospital);
    await signIn(tom.page, PEOPLE.colleague);
    const { incidents } = await ask(claire.page, "/api/reporting/v1/incidents");
    incident = incidents[0].id;
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  it("begins with a namespace and a term below a class", async () => {
    const { page } = claire;
    await page.goto("/admin/terms");
    await expectVisible(page.getByRole("heading", { level: 1, name: "Own terms" }));
    await page.getByRole("textbox", { name: "Namespace" }).fill("tlp");
    await page.getByRole("button", { name: "Begin your taxonomy" }).click();
    await expectVisible(page.getByRole("alert").filter({ hasText: "official list" }));
    await page.getByRole("textbox", { name: "Namespace" }).fill("hva");
    await page.getByRole("button", { name: "Begin your taxonomy" }).click();
    await expectVisible(page.getByText("Now version 1."));
    await page.getByText("Malicious Code", { exact: true }).click();
    await page.getByRole("button", { name: "Add a term below Malicious Code" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a term" });
    await dialog.getByRole("group", { name: "What it is called" }).getByRole("textbox", { name: "English" }).fill(TERM);
    assert.equal(await dialog.getByRole("textbox", { name: "Short name" }).inputValue(), "ransomware-of-the-bell-group");
    await dialog.getByRole("button", { name: "Add one" }).click();
    await dialog.getByRole("textbox", { name: "Address or machine tag" }).fill('ms-caro-malware:malware-type="Ransom"');
    assert.deepEqual(await violationsOf(page, "a new term"), []);
    await dialog.getByRole("button", { name: "Add the term" }).click();
    await expectVisible(page.locator("[data-term]").getByText('hva:rsit.groups.malicious-code="ransomware-of-the-bell-group"'));
    await expectVisible(page.getByText("No record has used it."));
    assert.deepEqual(await violationsOf(page, "own terms"), []);
  });

  it("is picked below the official value, which laws go on reading", async () => {
    const { page } = tom;
    await page.goto(`/report/new?incident=${incident}&step=what`);
    const kind = page.getByRole("combobox", { name: /^What kind of incident/ });
    await kind.click();
    await page.getByRole("option", { name: "Malicious Code", exact: true }).click();
    await page.getByRole("combobox", { name: "More precisely, in your organisation's own terms" }).click();
    await page.getByRole("option", { name: TERM }).click();
    await new Answering(page).saved();
    assert.deepEqual(await violationsOf(page, "an own term is chosen"), []);
    const { answers } = await ask(page, `/api/reporting/v1/incidents/${incident}`);
    assert.equal(answers.incident_class.value, "malicious-code");
    assert.equal(answers.incident_class.terms[0].label.en, TERM);
    await page.goto(`/report/incidents/${incident}?tab=history`);
    await expectVisible(page.getByText(`(${TERM})`).first());
  });

  it("is retired, not deleted, once a record has used it", async () => {
    const { page } = claire;
    await page.goto("/admin/terms");
    await page.getByRole("button", { name: `Change ${TERM}` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const refused = page.getByRole("dialog", { name: `${TERM} cannot be deleted` });
    await expectVisible(refused.getByText("Used in 1 record."));
    await refused.getByRole("button", { name: "Close" }).click();
    await expectGone(refused);
    await page.getByRole("button", { name: `Change ${TERM}` }).click();
    await page.getByRole("menuitem", { name: "Retire" }).click();
    const dialog = page.getByRole("dialog", { name: `Retire ${TERM}?` });
    assert.deepEqual(await violationsOf(page, "retire a term"), []);
    await dialog.getByRole("button", { name: "Retire" }).click();
    await expectVisible(page.getByText("retired since version 3"));
    await expectVisible(page.getByText(`${TERM} was retired.`));

    await tom.page.goto(`/report/new?incident=${incident}&step=what`);
    const own = tom.page.getByRole("combobox", { name: "More precisely, in your organisation's own terms" });
    await expectVisible(own);
    assert.equal(await own.inputValue(), `${TERM} (no longer offered)`);
  });

  it("goes out as machine tags that are taken in again", async () => {
    const { page } = claire;
    const file = await ask(page, "/api/v1/taxonomy/own/machinetag.json");
    assert.equal(file.namespace, "hva");
    assert.equal(file.values[0].predicate, "rsit.groups.malicious-code");
    const document = {
      namespace: "old", description: "Ours of old", version: 1,
      predicates: [{ value: "lures", expanded: "Lures" }],
      values: [{ predicate: "lures", entry: [{ value: "parcel", expanded: "Fake parcel notice" }] }],
    };
    await page.goto("/admin/terms");
    await page.getByRole("button", { name: "Take a file of machine tags" }).click();
    const dialog = page.getByRole("dialog", { name: "Take a file of machine tags" });
    await page.locator('input[type="file"]').setInputFiles({
      name: "machinetag.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(document)),
    });
    await dialog.getByRole("combobox", { name: "Official value for its terms" }).fill("Phishing");
    await page.getByRole("option", { name: /Phishing$/ }).click();
    await dialog.getByRole("button", { name: "See what would change" }).click();
    await expectVisible(dialog.getByText("Fake parcel notice was added below phishing."));
    assert.deepEqual(await violationsOf(page, "a file of machine tags"), []);
    await dialog.getByRole("button", { name: "Take 1 change" }).click();
    await expectVisible(page.locator("[data-term]").getByText("Fake parcel notice"));
  });

  it("had no fault on the way", () => {
    expectNoFaults([...claire.faults, ...tom.faults]);
  });
});
