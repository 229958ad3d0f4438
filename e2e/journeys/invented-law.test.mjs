// A law that the program and its pages were built without: loaded from a folder, it is asked, clocked, filed
// and shown. On the way two people choose their passwords by invitation, on a node that began empty.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { openBrowser, profile, signIn } from "../parts/browser.mjs";
import { expectNoFaults, expectVisible } from "../parts/expect.mjs";
import { INVENTED_LAW, must, startEmpty } from "../parts/node.mjs";
import { Answering, checkAndFile, hoursAgo, wallClock } from "../parts/report.mjs";

const PASSWORD = "an evening by the river";
const KEEPER = { name: "Ada", mail: "ada@harbour.example.eu", password: PASSWORD };
const MAGISTRATE = { name: "Grace", mail: "grace@magistrate.example.eu", password: PASSWORD };
const ZONE = "Europe/Luxembourg";

describe("a law that nobody programmed", () => {
  let node, browser;
  /** @type {Record<string, string>} */
  const invitations = {};

  async function enter(beffroi) {
    const common = ["--country", "LU"];
    must(await beffroi(
      "org", "create", "--name", "Harbour", ...common, "--zone", ZONE, "--role", "reporting_entity",
      "--set", "entity.lanterns=2000", "--set", "entity.harbour_lights=true", "--set", "entity.financial_entity=false",
    ));
    must(await beffroi(
      "org", "create", "--name", "Magistrate", ...common, "--zone", "Europe/Athens", "--role", "prosecutor:regime=lanterns",
    ));
    for (const [org, { name, mail }, does] of [["Harbour", KEEPER, "reporter"], ["Magistrate", MAGISTRATE, "officer"]]) {
      const said = must(await beffroi("--json", "user", "invite", "--org", org, "--name", name, "--mail", mail, "--function", does));
      invitations[mail] = new URL(JSON.parse(said).link).pathname;
    }
  }

  before(async () => {
    node = await startEmpty(["--regimes", INVENTED_LAW], enter);
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  async function arrive(person) {
    const visitor = await profile(browser, node.address);
    const { page } = visitor;
    await page.goto(invitations[person.mail] ?? "");
    await expectVisible(page.getByRole("heading", { name: `Welcome, ${person.name}` }));
    await page.getByLabel("New password").fill(person.password);
    await page.getByLabel("The same password again").fill("another one entirely");
    await page.getByRole("button", { name: "Set the password" }).click();
    await expectVisible(page.getByRole("alert"));
    await page.getByLabel("New password").fill(person.password);
    await page.getByLabel("The same password again").fill(person.password);
    await page.getByRole("button", { name: "Set the password" }).click();
    await expectVisible(page.getByText("Your password is set."));
    await signIn(page, person);
    return visitor;
  }

  it("is asked, clocked and filed", async () => {
    const { page, faults } = await arrive(KEEPER);
    await page.getByRole("link", { name: "Report an incident" }).first().click();
    const judgedAt = hoursAgo(1);
    const answering = new Answering(page);
    await answering.write("What happened, in one line", "Darkness at the quay");
    await page.getByRole("button", { name: /^The light/ }).click();
    await answering.at("When darkness was seen", wallClock(hoursAgo(3), ZONE));
    await answering.at("When it was judged serious", wallClock(judgedAt, ZONE));
    await answering.choose("Why they went out", "Sabotage");
    await answering.count("Lanterns that went out", 350);
    await answering.saved();

    const duty = page.getByRole("region", { name: "Lantern Act: First word" });
    await expectVisible(duty.getByRole("timer"));
    const due = await duty.locator("time").getAttribute("datetime");
    assert.equal(Date.parse(due ?? ""), judgedAt.getTime() + 4 * 3_600_000);
    await expectVisible(duty.getByText("Magistrate"));
    await expectVisible(duty.getByText(/Athens/), 5_000);
    await checkAndFile(page, "Magistrate");
    await expectVisible(page.getByRole("heading", { level: 1, name: "Lantern Act: First word" }));
    expectNoFaults(faults);
  });

  it("is shown to its receiver", async () => {
    const { page, faults } = await arrive(MAGISTRATE);
    const row = page.getByRole("row").nth(1);
    await expectVisible(row.getByText("Lantern Act: First word"));
    await row.getByRole("link", { name: "Darkness at the quay" }).click();
    await expectVisible(page.getByText("Sabotage"));
    await expectVisible(page.getByText("350"));
    expectNoFaults(faults);
  });
});
