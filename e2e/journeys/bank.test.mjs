// A bank is hit through its provider: one record, three laws. NIS2 gives way to DORA; the supervisor and the
// data-protection authority each get their own copy and nothing else; the provider keeps an incident of its own.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { must, startEmpty } from "../parts/node.mjs";
import { hoursAgo } from "../parts/report.mjs";

const PASSWORD = "an evening by the river";
const SUPERVISOR = "Financial Supervision (demonstration)";
const PRIVACY = "Data Protection Commission (demonstration)";
const PROVIDER = "Nuage Moselle S.A.";
const TITLE = "Online banking fails, customers' names read at the provider";
const NOTE = "Your service account reads our customer database from outside.";

const ORGANISATIONS = [
  ["Banque de la Sûre S.A.", "reporting_entity", "reporter", "bank",
    "entity.sector=banking", 'entity.type=["credit_institution"]', "entity.class=essential", "entity.size=large",
    "entity.financial_entity=true", "entity.lei=00DEMO000BANQUESUR93"],
  [PROVIDER, "reporting_entity", "reporter", "cloud",
    "entity.sector=digital_infrastructure", 'entity.type=["cloud_computing_service_provider"]', "entity.class=essential"],
  [SUPERVISOR, "financial_authority:country=LU", "officer", "supervisor"],
  [PRIVACY, "data_protection_authority:country=LU", "officer", "privacy"],
  ["CSIRT of the journey", "competent_authority:country=LU", "officer", "csirt"],
];

/** What is known of the incident: each fact once, for every law. */
const known = (/** @type {string} */ at) => ({
  title: TITLE,
  report_kind: "incident",
  detected_at: at,
  aware_at: at,
  classified_major_at: at,
  aware_breach_at: at,
  ict_related: true,
  critical_functions_affected: true,
  suspected_malicious: true,
  unauthorised_access: true,
  clients_affected: 120_000,
  transactions_hit: true,
  affected_countries: ["LU", "BE"],
  personal_data: true,
  processing_role: ["controller"],
  breach_risk: "risk",
  controller_in_eea: true,
  cross_border_processing: "no",
  reporting_currency: "EUR",
  tlp: "TLP:AMBER",
});

describe("a bank that is hit through its provider", () => {
  let node, browser, incident;
  /** @type {Record<string, { page: import("playwright-core").Page, faults: string[] }>} */
  const people = {};
  /** @type {Record<string, string>} */
  const invitations = {};

  async function enter(beffroi) {
    for (const [name, role, does, who, ...profileOf] of ORGANISATIONS) {
      const facts = profileOf.flatMap((fact) => ["--set", fact]);
      must(await beffroi("org", "create", "--name", name, "--country", "LU", "--zone", "Europe/Luxembourg", "--role", role, ...facts));
      const mail = `${who}@example.eu`;
      const said = must(await beffroi("--json", "user", "invite", "--org", name, "--name", who, "--mail", mail, "--function", does));
      invitations[who] = new URL(JSON.parse(said).link).pathname;
    }
  }

  before(async () => {
    node = await startEmpty([], enter);
    browser = await openBrowser();
    for (const who of Object.keys(invitations)) people[who] = await arrive(who);
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  async function arrive(/** @type {string} */ who) {
    const visitor = await profile(browser, node.address);
    const { page } = visitor;
    await page.goto(invitations[who]);
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByLabel("The same password again").fill(PASSWORD);
    await page.getByRole("button", { name: "Set the password" }).click();
    await expectVisible(page.getByText("Your password is set."));
    await signIn(page, { mail: `${who}@example.eu`, password: PASSWORD });
    return visitor;
  }

  /** Asks the node as the page itself does. */
  function call(/** @type {string} */ who, /** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ body) {
    return people[who].page.evaluate(
      async ([method, path, body]) => {
        const me = await (await fetch("/api/v1/me")).json();
        const headers = { "content-type": "application/json", "x-csrf-token": me.csrf_token };
        const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
        return { status: answer.status, body: await answer.json() };
      },
      [method, path, body],
    );
  }

  const answersOf = (/** @type {object} */ facts) =>
    Object.fromEntries(Object.entries(facts).map(([field, value]) => [field, { value }]));

  /** A believable answer to a question of any kind. */
  function believable(field, at) {
    switch (field.kind) {
      case "boolean": return false;
      case "choice": return field.choices[0].id;
      case "choices": return [field.choices[0].id];
      case "integer": case "decimal": return 1;
      case "money": return { amount: 1000, currency: "EUR" };
      case "instant": return at;
      case "duration": return 3600;
      case "records": return [Object.fromEntries(field.columns.map((column) => [column.field, believable(column, at)]))];
      default: return /mail/.test(field.field) ? "desk@example.eu" : /phone/.test(field.field) ? "+35200000021" : "As told on the phone";
    }
  }

  /** Answers what a stage still wants, until nothing is missing. */
  async function complete(duty, at) {
    for (let round = 0; round < 6; round += 1) {
      const path = `/api/reporting/v1/incidents/${incident}`;
      const form = (await call("bank", "GET", `${path}/duties/${duty}/form?screen=full&language=en`)).body;
      if (form.missing.length === 0) return;
      const fields = form.sections.flatMap((section) => section.fields);
      const facts = Object.fromEntries(
        form.missing.map(({ field }) => [field, believable(fields.find((one) => one.field === field), at)]),
      );
      const { revision } = (await call("bank", "GET", path)).body;
      const saved = await call("bank", "PATCH", `${path}/answers`, { base_revision: revision, answers: answersOf(facts) });
      assert.equal(saved.status, 200, JSON.stringify(saved.body));
    }
  }

  async function file(/** @type {string} */ duty, /** @type {string} */ recipient) {
    const { page } = people.bank;
    await page.goto(`/report/incidents/${incident}/duties/${duty}?step=preview`);
    await expectVisible(page.getByText("This is exactly what will be seen by"));
    await expectVisible(page.locator(`[data-recipient="${recipient}"]`));
    await page.getByRole("button", { name: "File it" }).click();
    await page.getByRole("dialog").getByRole("button", { name: `File it with ${recipient}` }).click();
    await page.waitForURL("**/report/filings/*");
    await expectVisible(page.getByText("TLP:AMBER").first());
  }

  it("sees each law once, with what it misses, and NIS2 displaced", async () => {
    const at = hoursAgo(2).toISOString();
    const opened = await call("bank", "POST", "/api/reporting/v1/incidents", { answers: answersOf(known(at)) });
    assert.equal(opened.status, 201, JSON.stringify(opened.body));
    incident = opened.body.id;
    const { page } = people.bank;
    await page.goto(`/report/incidents/${incident}`);
    const laws = page.getByRole("region", { name: "One record, every law" });
    await expectVisible(laws.locator('[data-law="nis2-lu"]').getByText("displaced"));
    await expectVisible(laws.locator('[data-law="nis2-lu"]').getByText(/DORA takes the place of NIS2 \(Luxembourg\) \(Art\. 4/));
    await expectVisible(laws.locator('[data-law="dora"]').getByRole("timer"));
    await expectVisible(laws.locator('[data-law="gdpr"]').getByRole("timer"));
    await laws.locator('[data-law="dora"]').getByRole("link").first().click();
    await page.waitForURL(/field=/);
  });

  it("files to each authority its own", async () => {
    const at = hoursAgo(2).toISOString();
    const { laws } = (await call("bank", "GET", `/api/reporting/v1/incidents/${incident}`)).body;
    const first = (/** @type {string} */ law) => laws.find(({ pack }) => pack === law).duty;
    const [dora, gdpr] = [first("dora"), first("gdpr")];
    await complete(dora, at);
    await file(dora, SUPERVISOR);
    await complete(gdpr, at);
    await file(gdpr, PRIVACY);
  });

  it("tells its provider, who keeps an incident of its own", async () => {
    const { page } = people.bank;
    await page.goto(`/report/incidents/${incident}?tab=links`);
    await page.getByRole("button", { name: "Tell others" }).click();
    const dialog = page.getByRole("dialog", { name: "Who else is concerned?" });
    await dialog.getByLabel("Whom").first().fill("nuage");
    await page.getByRole("option", { name: PROVIDER }).click();
    await dialog.getByRole("textbox", { name: "What they should know" }).fill(NOTE);
    await dialog.getByRole("button", { name: "Tell them" }).click();
    await expectVisible(page.getByRole("heading", { name: `We told ${PROVIDER}` }));

    const cloud = people.cloud.page;
    await cloud.goto("/report/links");
    await expectVisible(cloud.getByText(NOTE));
    await cloud.getByRole("button", { name: "Keep an own incident" }).click();
    await cloud.getByRole("dialog").getByRole("button", { name: "Open a new incident" }).click();
    await cloud.waitForURL(/incident=/);
    assert.ok(!(await cloud.content()).includes(TITLE));
    await page.reload();
    await expectVisible(page.getByText("an own incident is kept"));
  });

  it("is seen by each authority only in its own part", async () => {
    for (const [who, law, other] of [["supervisor", "DORA", "GDPR"], ["privacy", "GDPR", "DORA"]]) {
      const { page } = people[who];
      await page.goto("/authority");
      await expectVisible(page.getByRole("row").nth(1).getByText(law));
      assert.equal(await page.getByRole("row").count(), 2);
      assert.ok(!(await page.getByRole("table").innerText()).includes(other));
      await page.getByRole("row").nth(1).getByRole("link").first().click();
      await expectVisible(page.getByRole("heading", { level: 1 }));
    }
    await people.csirt.page.goto("/authority");
    await expectVisible(people.csirt.page.getByText("Nothing was filed with you yet"));
    for (const { faults } of Object.values(people)) expectNoFaults(faults);
  });
});
