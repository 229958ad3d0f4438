// Every page and dialog, with the way to it: for axe and for the pictures.
import { PEOPLE, ask, profile, signIn } from "./browser.mjs";
import { tellFinder } from "./finder.mjs";
import { expectVisible } from "./expect.mjs";
import { must } from "./node.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {{ incident: string, filing: string, answered: string, invitation: string }} Places
 * @typedef {{ name: string, go: (page: Page, places: Places) => Promise<void> }} Stop
 */

const DUTY = "nis2-lu.mandatory.early_warning";

/**
 * The addresses that differ from node to node.
 * @param {import("playwright-core").Browser} browser
 * @param {import("./node.mjs").RunningNode} node
 * @returns {Promise<Places>}
 */
export async function placesOf(browser, node) {
  const { rows } = await asked(browser, node, PEOPLE.csirt, "/api/authority/v1/inbox");
  const { incidents } = await asked(browser, node, PEOPLE.hospital, "/api/reporting/v1/incidents");
  const invited = must(
    await node.beffroi(
      "--json", "user", "invite", "--org", "Nuage Moselle S.A.", "--name", "Lea Klein",
      "--mail", "lea.klein@nuage-moselle.example.eu", "--function", "auditor",
    ),
  );
  const of = (/** @type {string} */ state) => rows.find((row) => row.state === state)?.filing;
  return {
    incident: incidents[0].id,
    filing: of("filed"),
    answered: of("answered"),
    invitation: new URL(JSON.parse(invited).link).pathname,
  };
}

/** What the API answers to a person. */
async function asked(browser, node, person, path) {
  const { page, context } = await profile(browser, node.address);
  await signIn(page, person);
  const answer = await ask(page, path);
  await context.close();
  return answer;
}

/** A page whose heading says that it is there. @param {string} name @param {(places: Places) => string} address @param {RegExp | string} heading */
const at = (name, address, heading) => ({
  name,
  go: async (/** @type {Page} */ page, /** @type {Places} */ places) => {
    await page.goto(address(places));
    await expectVisible(page.getByRole("heading", { name: heading }));
  },
});

/** The same and then a button that opens something. */
const opened = (stop, name, button, role = "dialog") => ({
  name,
  go: async (/** @type {Page} */ page, /** @type {Places} */ places) => {
    await stop.go(page, places);
    await page.getByRole("button", { name: button }).first().click();
    await expectVisible(page.getByRole(role));
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))));
  },
});

const signInPage = at("login", () => "/login", "Sign in");

/** @type {Stop[]} */
export const PUBLIC = [
  signInPage,
  at("finder", () => "/duties", "Which laws apply to us?"),
  {
    name: "finder-answered",
    go: async (page) => {
      await page.goto("/duties");
      await tellFinder(page);
      await page.reload();
      await expectVisible(page.locator('[data-law="nis2"], [data-law^="nis2-"]'));
    },
  },
  {
    name: "login-refused",
    go: async (page, places) => {
      await signInPage.go(page, places);
      await page.getByLabel("Mail address").fill("nobody@example.eu");
      await page.getByLabel("Password").fill("whatever it was");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expectVisible(page.getByRole("alert"));
    },
  },
  at("invitation", ({ invitation }) => invitation, /^Welcome/),
  at("invitation-used", () => "/invitation/never-given", /./),
];

const duties = at("duties", () => "/report", "What is due");
const readiness = at("readiness", () => "/report/readiness", "Ready for the police");
const keeping = at("incident-keeping", ({ incident: id }) => `/report/incidents/${id}?tab=preservation`, "Until when laws want it kept");
const incident = at("incident-facts", ({ incident: id }) => `/report/incidents/${id}`, "First things first");
const filing = at("duty-form", ({ incident: id }) => `/report/incidents/${id}/duties/${DUTY}`, "First things first");
const preview = at("preview", ({ incident: id }) => `/report/incidents/${id}/duties/${DUTY}?step=preview`, "NIS2 (Luxembourg): Early warning");
const steps = ["criteria", "what", "impact", "measures", "people", "information", "handling"];

/** @type {Stop[]} */
export const REPORT = [
  duties,
  opened(duties, "palette", "Search and go"),
  opened(duties, "account-menu", /^Account of/, "menu"),
  {
    name: "keys",
    go: async (page, places) => {
      await duties.go(page, places);
      await page.keyboard.press("?");
      await expectVisible(page.getByRole("dialog", { name: "Keys" }));
    },
  },
  at("incidents", () => "/report/incidents", "Incidents"),
  at("approvals", () => "/report/approvals", "Nothing waits for your approval"),
  at("approval-chain", () => "/report/approvals/chain", "Approval chain"),
  at("calendar", () => "/report/calendar", "Calendar"),
  readiness,
  opened(readiness, "readiness-point", "Change: Contact at the police is known"),
  keeping,
  opened(keeping, "place-hold", "Place a hold"),
  at("notices", () => "/notices", "Notices"),
  at("reminders", () => "/admin/reminders", "Reminders"),
  at("terms", () => "/admin/terms", "Own terms"),
  at("wizard", () => "/report/new", "First things first"),
  ...steps.map((step) => at(`wizard-${step}`, ({ incident: id }) => `/report/new?incident=${id}&step=${step}`, /^Ransomware/)),
  incident,
  at("incident-duties", ({ incident: id }) => `/report/incidents/${id}?tab=duties`, "NIS2 (Luxembourg): Early warning"),
  {
    name: "incident-reasons",
    go: async (page, places) => {
      await page.goto(`/report/incidents/${places.incident}?tab=duties`);
      const why = page.getByText("Why, and how the deadline was worked out");
      await expectVisible(why);
      // Those of laws that ask nothing are folded away.
      for (const one of await why.all()) if (await one.isVisible()) await one.click();
    },
  },
  at("incident-messages", ({ incident: id }) => `/report/incidents/${id}?tab=messages`, "No messages yet"),
  at("incident-history", ({ incident: id }) => `/report/incidents/${id}?tab=history`, /^Ransomware/),
  filing,
  preview,
  opened(preview, "confirm", "File it"),
  {
    name: "filing",
    go: async (page, places) => {
      await page.goto("/report");
      const filed = await theFiling(page, places);
      await page.goto(`/report/filings/${filed}`);
      await expectVisible(page.getByRole("heading", { name: "NIS2 (Luxembourg): Early warning" }));
    },
  },
  {
    name: "receipt",
    go: async (page, places) => {
      await page.goto(`/receipts/${await theFiling(page, places)}`);
      await expectVisible(page.getByRole("heading", { name: "What was filed" }));
    },
  },
  at("not-found", () => "/no/such/page", "Nothing here"),
  at("refused", () => "/receipts/01900000-0000-7000-8000-000000000000", /./),
];

/** The hospital's early warning: filed by the first who needs it. @param {Page} page @param {Places} places */
async function theFiling(page, places) {
  const { filings } = await ask(page, "/api/reporting/v1/filings");
  const filed = filings.find(({ duty }) => duty === DUTY);
  if (filed) return filed.id;
  await preview.go(page, places);
  await page.getByRole("button", { name: "File it" }).click();
  await page.getByRole("button", { name: /^File it with/ }).click();
  await page.waitForURL("**/report/filings/*");
  return page.url().split("/").at(-1);
}

const inbox = at("inbox", () => "/authority", "Inbox");
const oneCase = at("case", ({ filing: id }) => `/authority/filings/${id}`, /^NIS2/);

/** @type {Stop[]} */
export const AUTHORITY = [
  inbox,
  oneCase,
  at("case-answered", ({ answered: id }) => `/authority/filings/${id}`, /^NIS2/),
  opened(oneCase, "respond", /^Respond|^Write again/),
  opened(oneCase, "request", "Ask for a further report"),
  at("statistics", () => "/authority/statistics", "Statistics"),
  at("statistics-nothing", () => "/authority/statistics?from=2001", "Nothing in this period"),
  at("inbox-nothing", () => "/authority?state=acknowledged&cross_border=true", "No filing fits these filters"),
];
