// The system's Chromium, and people who use it. Everything that a page must never do is noted.
import { chromium } from "playwright-core";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** How long a page may take to show something, in milliseconds: the machine may be busy with other checks. */
const PATIENCE = 30_000;

/** Chromium, without its sandbox only as root, where it refuses to start with one. */
export function openBrowser() {
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: EXECUTABLE, args });
}

/** The accounts of the demonstration. */
export const PEOPLE = {
  hospital: { mail: "claire.hoffmann@hva.example.eu", password: "bell-tower-hospital" },
  colleague: { mail: "tom.weber@hva.example.eu", password: "bell-tower-hospital" },
  cloud: { mail: "jonas.becker@nuage-moselle.example.eu", password: "bell-tower-cloud" },
  maker: { mail: "lea.steffen@serrures.example.eu", password: "bell-tower-maker" },
  csirt: { mail: "luc.schmit@csirt.example.eu", password: "bell-tower-csirt" },
};

/**
 * A person's own browser profile on a node. `faults` collects what no page may do: errors on the console
 * (a breach of the content security policy is one), uncaught exceptions, requests to another origin.
 * @param {import("playwright-core").Browser} browser
 * @param {string} address of the node
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function profile(browser, address, options = {}) {
  const context = await browser.newContext({
    baseURL: address,
    locale: "en-GB",
    timezoneId: "America/New_York", // nobody's zone in the demonstration: deadlines must not depend on it
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  /** @type {string[]} */
  const faults = [];
  context.on("page", (page) => watch(page, address, faults));
  return { context, faults, page: await context.newPage() };
}

/** @param {import("playwright-core").Page} page @param {string} address @param {string[]} faults */
function watch(page, address, faults) {
  page.on("console", (message) => {
    // Chromium writes every refused request on the console too; the journeys cause some on purpose.
    const refused = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !refused) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${address}/`) && !/^(data|blob|about):/.test(url)) faults.push(`request to ${url}`);
  });
}

/**
 * Signs in on the page where `page` is, or on the sign-in page.
 * @param {import("playwright-core").Page} page
 * @param {{ mail: string, password: string }} person
 */
export async function signIn(page, person) {
  if (!page.url().includes("/login")) await page.goto("/login");
  await page.getByLabel("Mail address").fill(person.mail);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
}

/**
 * Asks the node's API as the person signed in on `page`.
 * @param {import("playwright-core").Page} page
 * @param {string} path
 */
export async function ask(page, path) {
  const answer = await page.request.get(path);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}
