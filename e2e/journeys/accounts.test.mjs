// An administrator protects the own account, invites and disables, and signs in with a recovery code; a stranger
// asks for a new password and registers an organisation. Each page under axe on the way.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { codeOf } from "../parts/authenticator.mjs";
import { violationsOf } from "../parts/axe.mjs";
import { openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectGone, expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { must, startDemo } from "../parts/node.mjs";

const PASSWORD = "a bell in every town";

describe("accounts", () => {
  let node, browser;

  before(async () => {
    node = await startDemo();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  async function invited(name, mail, ...functions) {
    const invitation = must(
      await node.beffroi(
        "--json", "user", "invite", "--org", "National CSIRT (demonstration)", "--name", name, "--mail", mail,
        ...functions.flatMap((one) => ["--function", one]),
      ),
    );
    const { page, faults } = await profile(browser, node.address);
    await page.goto(new URL(JSON.parse(invitation).link).pathname);
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByLabel("The same password again").fill(PASSWORD);
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.waitForURL("**/login?welcome=1");
    return { page, faults };
  }

  it("are protected by a second factor, which a recovery code replaces once", async () => {
    const mail = "ada.keller@csirt.example.eu";
    const { page, faults } = await invited("Ada Keller", mail, "administrator", "officer");
    await signIn(page, { mail, password: PASSWORD });
    await page.goto("/account");
    await page.getByRole("button", { name: "Set up a second factor" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await page.keyboard.press("Enter");
    await expectVisible(page.getByLabel("The six digits"));
    assert.deepEqual(await violationsOf(page, "set-up"), []);
    await page.getByLabel("The six digits").fill(codeOf((await dialog.locator("pre").textContent()) ?? ""));
    await page.keyboard.press("Enter");
    await expectVisible(page.getByRole("button", { name: "I have kept it" }));
    const codes = ((await dialog.locator("pre").textContent()) ?? "").split("\n");
    assert.equal(codes.length, 10);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await expectVisible(page.getByText("10 recovery codes left"));
    assert.deepEqual(await violationsOf(page, "account"), []);
    expectNoFaults(faults);

    const other = await profile(browser, node.address);
    const enter = async (code) => {
      await other.page.getByLabel("Code").fill(code);
      await other.page.getByRole("button", { name: "Sign in" }).click();
    };
    await signIn(other.page, { mail, password: PASSWORD });
    assert.equal(new URL(other.page.url()).pathname, "/login/code");
    await enter("000000");
    await expectVisible(other.page.getByRole("alert"));
    assert.deepEqual(await violationsOf(other.page, "second step"), []);
    await enter(codes[0]);
    await other.page.waitForURL("**/authority");
    await other.page.goto("/account");
    await expectVisible(other.page.getByText("9 recovery codes left"));
  });

  it("are invited, and out at once when they are disabled", async () => {
    const mail = "bert.adam@csirt.example.eu";
    const { page, faults } = await invited("Bert Adam", mail, "administrator");
    await signIn(page, { mail, password: PASSWORD });
    const eve = await invited("Eve Roth", "eve.roth@csirt.example.eu", "officer");
    await signIn(eve.page, { mail: "eve.roth@csirt.example.eu", password: PASSWORD });
    await page.goto("/admin");
    for (const place of ["People", "Organisation", "API clients", "Recipients"]) {
      await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: place }).click();
      await expectVisible(page.getByRole("heading", { name: place, level: 1 }));
      assert.deepEqual(await violationsOf(page, place), []);
    }
    await page.goto("/admin");
    await page.getByRole("button", { name: "Actions for Eve Roth" }).click();
    await page.getByRole("menuitem", { name: "Disable" }).click();
    await expectVisible(page.getByRole("dialog"));
    assert.deepEqual(await violationsOf(page, "disable"), []);
    await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
    await expectGone(page.getByRole("dialog"));
    await expectVisible(page.getByText("disabled", { exact: true }));
    assert.equal((await eve.page.request.get("/api/v1/me")).status(), 401);
    expectNoFaults(faults);
  });

  it("are asked for by strangers, who learn nothing", async () => {
    const { page, faults } = await profile(browser, node.address);
    await page.goto("/reset");
    await page.getByLabel("Mail address").fill("nobody@example.eu");
    await page.getByRole("button", { name: "Send me a link" }).click();
    await expectVisible(page.getByRole("status"));
    assert.deepEqual(await violationsOf(page, "reset"), []);
    await page.goto("/register");
    await page.getByLabel("Name of the organisation").fill("Clinique de la Sûre");
    await page.getByLabel("Country").selectOption("LU");
    await page.getByLabel("Sector", { exact: true }).selectOption("health");
    await page.getByLabel("Your name").fill("Lea Klein");
    await page.getByLabel("Your mail address").fill("lea@nowhere");
    await page.getByRole("button", { name: "Register" }).click();
    await expectVisible(page.getByRole("alert"));
    assert.deepEqual(await violationsOf(page, "register refused"), []);
    await page.getByLabel("Your mail address").fill("lea@clinique.example.eu");
    await page.getByRole("button", { name: "Register" }).click();
    await expectVisible(page.getByRole("status"));
    expectNoFaults(faults);
  });
});
