// What does not fit is told in plain words that name the question; what was typed is not lost.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { violationsOf } from "../parts/axe.mjs";
import { PEOPLE, ask, openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectGone, expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { startDemo } from "../parts/node.mjs";
import { Answering, hoursAgo, wallClock } from "../parts/report.mjs";

const ZONE = "Europe/Luxembourg";

describe("wrong input", () => {
  let node, browser, claire;
  let incident = "";

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
    claire = await profile(browser, node.address);
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  const open = (path) => claire.page.goto(`/report/incidents/${incident}${path}`);

  it("says that mail address and password do not fit, without saying which", async () => {
    const { page } = claire;
    await page.goto("/login");
    await page.getByLabel("Mail address").fill(PEOPLE.hospital.mail);
    await page.getByLabel("Password").fill("not my password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expectVisible(page.getByRole("alert"));
    assert.match(await page.getByRole("alert").innerText(), /mail address.*password/i);
    assert.equal(await page.getByLabel("Mail address").inputValue(), PEOPLE.hospital.mail, "the address is kept");
    assert.equal(await page.getByLabel("Password").inputValue(), "");
    await signIn(page, PEOPLE.hospital);
    incident = (await ask(page, "/api/reporting/v1/incidents")).incidents[0].id;
  });

  it("says of a date that it is still to come, and of two dates that their order is wrong", async () => {
    await open("");
    const answering = new Answering(claire.page);
    const label = "When you knew that it was significant";
    await answering.at(label, wallClock(hoursAgo(-48), ZONE));
    await answering.because(label, "A slip of the day.");
    const problems = claire.page.getByRole("alert").filter({ hasText: "This does not fit together" });
    await expectVisible(problems.getByText(/significant.*future|future.*significant/is));
    await problems.getByRole("button").first().click();
    await claire.page.waitForFunction(() => document.activeElement?.closest("[data-field='aware_significant_at']"));

    await answering.at(label, wallClock(hoursAgo(24 * 400), ZONE));
    await answering.because(label, "A slip of the year.");
    await expectVisible(problems.getByText("“When you knew that it was significant” is earlier than “When it began”"));
    await answering.at(label, wallClock(hoursAgo(23), ZONE));
    await answering.because(label, "As the log of the shift says.");
    await expectGone(problems);
    await answering.saved();
  });

  it("says of letters in a number that only digits are a number, and keeps the answer that was there", async () => {
    await open("");
    await claire.page.getByRole("button", { name: /^How bad it is/ }).click();
    const users = claire.page.getByRole("group", { name: "How many users are affected by the disruption" });
    const least = users.getByRole("textbox", { name: "At least" });
    const shown = await least.inputValue();
    assert.equal(shown, "300");
    await least.focus();
    await claire.page.keyboard.type("many");
    const told = users.getByRole("alert").filter({ hasText: "is a number: write it in digits" });
    await expectVisible(told.filter({ hasText: "How many users are affected by the disruption" }));
    assert.equal(await least.inputValue(), shown);
    await claire.page.keyboard.press("End");
    await claire.page.keyboard.type("0");
    await expectGone(told);
    await claire.page.keyboard.press("Backspace");
    await new Answering(claire.page).saved();
  });

  it("does not file while a needed answer is missing, names it and leads to it", async () => {
    await open("/duties/nis2-lu.mandatory.early_warning");
    const reason = claire.page.getByRole("textbox", { name: "Why it is significant, or why not" });
    const kept = await reason.inputValue();
    await reason.fill("");
    await claire.page.getByRole("button", { name: "Check what will be sent" }).first().click();
    await expectVisible(claire.page.getByText("Before it can be filed, these are needed:"));
    await expectVisible(claire.page.getByRole("alert").getByText("Why it is significant, or why not"));
    assert.ok(await claire.page.getByRole("button", { name: "File it" }).isDisabled());
    await claire.page.getByRole("button", { name: "Back to the questions" }).click();
    await claire.page.getByRole("button", { name: "Why it is significant, or why not", exact: true }).click();
    await claire.page.waitForFunction(() => document.activeElement?.closest("[data-field='significance_reason']"));
    await reason.fill(kept);
    await new Answering(claire.page).saved();
  });

  /** The session ends, somebody goes on writing, and signs in again in another tab. */
  async function writeAfterTheEnd(text) {
    const { page, context } = claire;
    await expectVisible(page.getByRole("textbox", { name: "What happened, in one line" }));
    await context.clearCookies();
    await new Answering(page).write("What happened, in one line", text);
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await expectVisible(dialog);
    assert.deepEqual(await violationsOf(page, "the dialog"), []);
    const [second] = await Promise.all([
      context.waitForEvent("page"),
      dialog.getByRole("link", { name: "Sign in in another tab" }).click(),
    ]);
    await signIn(second, PEOPLE.hospital);
    await second.close();
    await dialog.getByRole("button", { name: "I have signed in again" }).click();
    await expectGone(dialog);
    await new Answering(page).saved();
  }

  it("loses nothing when the session ends while somebody writes", async () => {
    await open("");
    await writeAfterTheEnd("Written after the session had ended");
    const { answers } = await ask(claire.page, `/api/reporting/v1/incidents/${incident}`);
    assert.equal(answers.title.value, "Written after the session had ended");
  });

  it("does not lose the first answer of a new report either", async () => {
    await claire.page.goto("/report/new");
    await writeAfterTheEnd("The first line of a new report");
    await claire.page.waitForURL(/incident=/);
    const { incidents } = await ask(claire.page, "/api/reporting/v1/incidents");
    assert.ok(incidents.some(({ title }) => title === "The first line of a new report"));
  });

  it("shows what is not there or not ours as nothing, with the way back", async () => {
    const { page } = claire;
    await page.goto("/report/incidents/01900000-0000-7000-8000-000000000000");
    await expectVisible(page.getByRole("heading", { name: "Nothing here" }));
    await page.getByRole("link", { name: "To the start page" }).click();
    await expectVisible(page.getByRole("heading", { name: "What is due" }));
    await page.goto("/no/such/page");
    await expectVisible(page.getByRole("heading", { name: "Nothing here" }));
  });

  it("did nothing that a page must not do", () => {
    // React writes what a page's boundary caught on the console: here the refusal that was asked for.
    expectNoFaults(claire.faults.filter((fault) => !fault.startsWith("Refusal: there is no such incident")));
  });
});
