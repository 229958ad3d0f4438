// Nothing leaves without its approvals: a chain is set, an own request is not one's own to approve, somebody in
// another organisation approves by the link in the notice after signing in, an edit withdraws, what is approved
// leaves, and an emergency leaves its mark.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { openBrowser, profile, signIn } from "../parts/browser.mjs";
import { violationsOf } from "../parts/axe.mjs";
import { expectGone, expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { must, startEmpty } from "../parts/node.mjs";

const PASSWORD = "an evening by the river";
const ADA = { name: "Ada", mail: "ada@hospital.example.eu", functions: ["reporter", "approver", "administrator"], org: "Hospital" };
const BOB = { name: "Bob", mail: "bob@hospital.example.eu", functions: ["approver"], org: "Hospital" };
const GRACE = { name: "Grace", mail: "grace@provider.example.eu", functions: ["approver"], org: "Provider" };
const DUTY = "nis2-lu.mandatory.early_warning";
const TITLE = "Ransomware on the file servers";

describe("approvals", () => {
  let node, browser;
  /** @type {Record<string, string>} */
  const invitations = {};
  /** @type {Record<string, Awaited<ReturnType<typeof profile>>>} */
  const people = {};
  let incident = "";
  let request = "";

  async function enter(beffroi) {
    const common = ["--country", "LU", "--zone", "Europe/Luxembourg"];
    const hospital = ["--set", "entity.sector=health", "--set", 'entity.type=["healthcare_provider"]', "--set", "entity.class=essential"];
    must(await beffroi("org", "create", "--name", "Hospital", ...common, "--role", "reporting_entity", ...hospital));
    must(await beffroi("org", "create", "--name", "Provider", ...common, "--role", "reporting_entity"));
    must(await beffroi("org", "create", "--name", "CSIRT", ...common, "--role", "competent_authority:country=LU"));
    for (const { name, mail, functions, org } of [ADA, BOB, GRACE]) {
      const does = functions.flatMap((one) => ["--function", one]);
      const said = must(await beffroi("--json", "user", "invite", "--org", org, "--name", name, "--mail", mail, ...does));
      invitations[mail] = new URL(JSON.parse(said).link).pathname;
    }
  }

  /** Chooses the password, and signs in at `place`: the way from a link in a mail. */
  async function arrive(person, place) {
    const visitor = await profile(browser, node.address);
    const { page } = visitor;
    await page.goto(invitations[person.mail] ?? "");
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByLabel("The same password again").fill(PASSWORD);
    await page.getByRole("button", { name: "Set the password" }).click();
    await expectVisible(page.getByText("Your password is set."));
    await page.goto(place);
    await page.waitForURL("**/login?next=**");
    await signIn(page, { mail: person.mail, password: PASSWORD });
    assert.equal(new URL(page.url()).pathname, place);
    people[person.name] = visitor;
    return page;
  }

  before(async () => {
    node = await startEmpty([], enter);
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  it("a chain with the provider in it is set, and a wrong one is refused", async () => {
    const page = await arrive(ADA, "/report/approvals/chain");
    await expectVisible(page.getByRole("heading", { level: 1, name: "Approval chain" }));
    const first = page.getByRole("region", { name: "Step 1" });
    await first.getByLabel("How many people").fill("5");
    await page.getByRole("button", { name: "Save the chain" }).click();
    await expectVisible(page.getByRole("alert").getByText(/nobody can complete the step/));
    await first.getByLabel("How many people").fill("1");
    await page.getByRole("button", { name: "Add a step" }).click();
    const second = page.getByRole("region", { name: "Step 2" });
    await second.getByLabel("Name").fill("The provider");
    await second.getByLabel("Who approves").click();
    await page.getByRole("option", { name: "Provider" }).click();
    await page.keyboard.press("Escape");
    await page.getByLabel("One step after the other").uncheck();
    await page.getByRole("button", { name: "Save the chain" }).click();
    await expectVisible(page.getByRole("button", { name: "Remove the chain" }));
    assert.deepEqual(await violationsOf(page, "approval-chain"), []);
  });

  it("a reporter asks, and cannot approve what they asked for", async () => {
    const { page } = people["Ada"];
    const { csrf_token: token } = await (await page.request.get("/api/v1/me")).json();
    const opened = await page.request.post("/api/reporting/v1/incidents", {
      headers: { "X-CSRF-Token": token },
      data: {
        answers: {
          title: { value: TITLE },
          aware_significant_at: { value: new Date(Date.now() - 3_600_000).toISOString() },
          significance_decision: { value: "significant" },
          significance_reason: { value: "Admissions are on paper." },
        },
      },
    });
    assert.equal(opened.status(), 201, await opened.text());
    incident = (await opened.json()).id;
    await page.goto(`/report/incidents/${incident}/duties/${DUTY}?step=preview`);
    await expectVisible(page.getByText("Your organisation wants this filing approved before it leaves."));
    await expectGone(page.getByRole("button", { name: "File it" }));
    assert.deepEqual(await violationsOf(page, "approval-panel"), []);
    await page.getByRole("button", { name: "Ask for approval" }).click();
    const dialog = page.getByRole("dialog", { name: "Ask for approval?" });
    await dialog.getByLabel("What they should know").fill("The numbers are final.");
    await dialog.getByRole("button", { name: "Ask for approval" }).click();
    await page.getByRole("link", { name: "0 of 2 approvals" }).click();
    await expectVisible(page.getByText(/nobody approves what they asked for/i));
    await expectGone(page.getByRole("button", { name: "Approve", exact: true }));
    request = new URL(page.url()).pathname;
  });

  it("somebody in another organisation approves by the link, after signing in", async () => {
    const page = await arrive(GRACE, request);
    await expectVisible(page.getByText("The numbers are final."));
    await expectVisible(page.getByText(TITLE).first());
    assert.deepEqual(await violationsOf(page, "approval"), []);
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await expectVisible(page.getByText("approved it"));
    const record = await page.request.get(`/api/reporting/v1/incidents/${incident}`);
    assert.ok([403, 404].includes(record.status()));
  });

  it("an edit withdraws what was approved, and what is approved again leaves", async () => {
    const approver = await arrive(BOB, request);
    await approver.getByRole("button", { name: "Approve", exact: true }).click();
    await expectVisible(approver.getByText("approved", { exact: true }));
    const { page } = people["Ada"];
    const { csrf_token: token } = await (await page.request.get("/api/v1/me")).json();
    const edited = await page.request.patch(`/api/reporting/v1/incidents/${incident}/answers`, {
      headers: { "X-CSRF-Token": token },
      data: { base_revision: 1, answers: { title: { value: `${TITLE} of two clinics` } } },
    });
    assert.equal(edited.status(), 200, await edited.text());
    await approver.reload();
    await expectVisible(approver.getByText("There is nothing to approve any more"));
    const preview = `/report/incidents/${incident}/duties/${DUTY}?step=preview`;
    await page.goto(preview);
    await page.getByRole("button", { name: "Ask for approval again" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Ask for approval" }).click();
    await expectVisible(page.getByRole("link", { name: "0 of 2 approvals" }));
    for (const { page: theirs } of [people["Bob"], people["Grace"]]) {
      await theirs.goto("/");
      await expectVisible(theirs.getByRole("heading", { name: "1 filing waits for your approval" }));
      await theirs.getByRole("link", { name: "NIS2 (Luxembourg): Early warning" }).first().click();
      await expectVisible(theirs.getByRole("heading", { name: "What changed since you looked" }));
      await theirs.getByRole("button", { name: "Approve", exact: true }).click();
      await expectVisible(theirs.getByText("approved it"));
    }
    await page.goto(preview);
    await page.getByRole("button", { name: "File it" }).click();
    await page.getByRole("dialog").getByRole("button", { name: /^File it with/ }).click();
    await page.waitForURL("**/report/filings/*");
  });

  it("an emergency leaves a mark that cannot be missed", async () => {
    const { page } = people["Ada"];
    await page.goto(`/report/incidents/${incident}/duties/${DUTY}?step=preview`);
    await page.getByRole("button", { name: "File without approval…" }).click();
    const dialog = page.getByRole("dialog", { name: "Emergency: file without approval" });
    const act = dialog.getByRole("button", { name: "File without approval" });
    assert.equal(await act.isDisabled(), true);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await violationsOf(page, "override-dialog"), []);
    await dialog.getByLabel("Why it cannot wait").fill("Both approvers are on a flight.");
    await act.click();
    await expectGone(dialog);
    await page.goto(`/report/incidents/${incident}`);
    const mark = page.getByRole("region", { name: "Filed without approval" });
    await expectVisible(mark.getByText("Reason: Both approvers are on a flight."));
    await mark.getByRole("link", { name: "Open the filing" }).click();
    await expectVisible(page.getByRole("region", { name: "Filed without approval" }));
    assert.deepEqual(await violationsOf(page, "override"), []);
    const bob = people["Bob"].page;
    await bob.goto("/notices");
    await expectVisible(bob.getByText(/Filed without approval/).first());
    for (const { faults } of Object.values(people)) expectNoFaults(faults);
  });
});
