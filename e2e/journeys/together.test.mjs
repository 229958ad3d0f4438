// Two people work on one incident: nothing that either of them wrote is lost.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { violationsOf } from "../parts/axe.mjs";
import { PEOPLE, ask, openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectGone, expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { startDemo } from "../parts/node.mjs";
import { Answering } from "../parts/report.mjs";

const REASON = "Why it is significant, or why not";
const SECONDS = 20_000;

describe("two people write in the same incident", () => {
  let node, browser, claire, tom;
  let incident = "";

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
    claire = await profile(browser, node.address);
    tom = await profile(browser, node.address);
    await signIn(claire.page, PEOPLE.hospital);
    await signIn(tom.page, PEOPLE.colleague);
    const { incidents } = await ask(claire.page, "/api/reporting/v1/incidents");
    incident = incidents[0].id;
    for (const { page } of [claire, tom]) {
      await page.goto(`/report/incidents/${incident}`);
      await expectVisible(page.getByRole("textbox", { name: REASON }));
    }
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  const held = async () => (await ask(claire.page, `/api/reporting/v1/incidents/${incident}`)).answers;

  it("keeps both when they answer different questions at once", async () => {
    const [one, other] = [new Answering(claire.page), new Answering(tom.page)];
    await tom.context.setOffline(true);
    await other.write("What happened, in one line", "Ransomware, written by Tom");
    await one.choose("Can it have an effect in another country?", "No");
    await one.saved();
    await tom.context.setOffline(false);
    await other.saved();
    const answers = await held();
    assert.equal(answers.cross_border.value, false);
    assert.equal(answers.title.value, "Ransomware, written by Tom");
    await expectVisible(claire.page.getByRole("heading", { level: 1, name: "Ransomware, written by Tom" }), SECONDS);
  });

  it("asks when both answered the same question, shows both, and keeps what is chosen", async () => {
    const [one, other] = [new Answering(claire.page), new Answering(tom.page)];
    await tom.context.setOffline(true);
    await other.write(REASON, "Tom's reason");
    await expectVisible(tom.page.getByText("Not saved yet: no connection, trying again"));
    await one.write(REASON, "Claire's reason");
    await one.saved();
    await tom.context.setOffline(false);

    const dialog = tom.page.getByRole("dialog", { name: "Two people changed the same answer" });
    await expectVisible(dialog, SECONDS);
    await expectVisible(dialog.getByText("Claire's reason"));
    await expectVisible(dialog.getByText("Claire Hoffmann"));
    assert.deepEqual(await violationsOf(tom.page, "the dialog"), []);
    assert.equal((await held()).significance_reason.value, "Claire's reason", "nothing is overwritten unasked");
    await dialog.getByRole("radio", { name: /Tom's reason/ }).check();
    await dialog.getByRole("button", { name: "Save this choice" }).click();
    await expectGone(dialog);
    await other.saved();

    const { changes } = await ask(tom.page, `/api/reporting/v1/incidents/${incident}/history`);
    const reasons = changes.filter(({ field }) => field === "significance_reason").map(({ after: to }) => to.value);
    assert.equal((await held()).significance_reason.value, "Tom's reason");
    assert.ok(reasons.includes("Claire's reason") && reasons.includes("Tom's reason"), "the history keeps both");
    await expectVisible(claire.page.getByRole("textbox", { name: REASON }).and(claire.page.getByText("Tom's reason")), SECONDS);
  });

  it("did nothing that a page must not do", () => {
    expectNoFaults([...claire.faults, ...tom.faults]);
  });
});
