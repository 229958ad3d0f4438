// The same way by keyboard alone: no mouse, no call of a page's function.
import { after, before, describe, it } from "node:test";

import { PEOPLE, openBrowser, profile } from "../parts/browser.mjs";
import { expectGone, expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { tabTo } from "../parts/keys.mjs";
import { startDemo } from "../parts/node.mjs";

const TITLE = "Unknown program on the reception's computers";

describe("reporting and answering by keyboard alone", () => {
  let node, browser;

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  /** Signs in: the cursor stands in the first box. */
  async function signInByKeys(page, { mail, password }) {
    await page.goto("/");
    await tabTo(page, page.getByLabel("Mail address"));
    await page.keyboard.type(mail);
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
  }

  async function press(page, target, key = "Enter") {
    await tabTo(page, target);
    await page.keyboard.press(key);
  }

  it("files an early warning", async () => {
    const { page, faults } = await profile(browser, node.address);
    await signInByKeys(page, PEOPLE.hospital);
    await press(page, page.getByRole("link", { name: "Report an incident" }));
    await tabTo(page, page.getByRole("textbox", { name: "What happened, in one line" }));
    await page.keyboard.type(TITLE);
    await press(page, page.getByRole("button", { name: "Now: When you knew that it was significant" }));
    await press(page, page.getByRole("group", { name: "Is the incident significant?" }).getByRole("radio").first(), "Space");
    await tabTo(page, page.getByRole("textbox", { name: "Why it is significant, or why not" }));
    await page.keyboard.type("Admission stands still.");
    await press(page, page.getByRole("button", { name: "Unknown yet: Do you suspect an unlawful" }));
    await press(page, page.getByRole("group", { name: "effect in another country?" }).getByRole("radio", { name: "Yes" }), "Space");
    await page.keyboard.press("ArrowRight");
    await expectVisible(page.getByRole("radio", { name: "No", checked: true }));
    await expectVisible(page.getByRole("status").getByText("All answers are saved"));

    await press(page, page.getByRole("link", { name: "Check and file" }));
    await press(page, page.getByRole("button", { name: "File it" }));
    const dialog = page.getByRole("dialog", { name: "File this report?" });
    await press(page, dialog.getByRole("button", { name: "File it with National CSIRT" }));
    await page.waitForURL("**/report/filings/*");
    await expectVisible(page.getByText("Admission stands still."));
    await tabTo(page, page.getByRole("link", { name: "Receipt to print" }));
    expectNoFaults(faults);
  });

  it("answers it at the CSIRT", async () => {
    const { page, faults } = await profile(browser, node.address);
    await signInByKeys(page, PEOPLE.csirt);
    await expectVisible(page.getByRole("link", { name: TITLE }));
    const ours = page.getByRole("row").filter({ hasText: TITLE });
    const isThere = () => ours.evaluate((row) => row.contains(document.activeElement));
    for (let row = await page.getByRole("row").count(); row > 1 && !(await isThere()); row -= 1) await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expectVisible(page.getByText("Admission stands still."));
    await press(page, page.getByRole("button", { name: "Acknowledge" }));
    await expectVisible(page.locator("main header").getByText("acknowledged", { exact: true }));
    await press(page, page.getByRole("button", { name: "Respond" }));
    const dialog = page.getByRole("dialog");
    await tabTo(page, dialog.getByLabel("Your response"));
    await page.keyboard.type("Disconnect them and keep them running.");
    await press(page, dialog.getByRole("button", { name: /^Send to/ }));
    await expectVisible(page.getByText("Disconnect them and keep them running."));
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await tabTo(page, keys.getByRole("button", { name: "Close" }));
    await page.keyboard.press("Escape");
    await expectGone(keys);
    await page.keyboard.press("h");
    await expectVisible(page.getByRole("heading", { level: 1, name: "Inbox" }));
    expectNoFaults(faults);
  });
});
