// Pictures of every page in light, dark, at telephone width and as printed, into shots/: to be looked at.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { PEOPLE, openBrowser, profile, signIn } from "./parts/browser.mjs";
import { startDemo } from "./parts/node.mjs";
import { AUTHORITY, PUBLIC, REPORT, placesOf } from "./parts/pages.mjs";

const LOOKS = [
  { look: "light", options: { colorScheme: "light", viewport: { width: 1280, height: 860 } } },
  { look: "dark", options: { colorScheme: "dark", viewport: { width: 1280, height: 860 } } },
  { look: "phone", options: { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  { look: "print", options: { colorScheme: "light", viewport: { width: 800, height: 1100 } } },
];

/** Only these pages; all of them when none is named. */
const wanted = process.argv.slice(2);
const folder = fileURLToPath(new URL("shots/", import.meta.url));
await mkdir(folder, { recursive: true });
const [node, browser] = await Promise.all([startDemo(), openBrowser()]);
try {
  const places = await placesOf(browser, node);
  for (const { look, options } of LOOKS)
    for (const [pages, person] of [[PUBLIC], [REPORT, PEOPLE.hospital], [AUTHORITY, PEOPLE.csirt]]) {
      const { page, context } = await profile(browser, node.address, options);
      if (person) await signIn(page, person);
      if (look === "print") await page.emulateMedia({ media: "print" });
      for (const { name, go } of pages) {
        if (wanted.length > 0 && !wanted.includes(name)) continue;
        // On paper no button can be pressed.
        if (look === "print" && !["filing", "receipt", "case", "case-answered", "incident-duties"].includes(name)) continue;
        await go(page, places);
        // A dialog lies over what is in the window: the page below it does not belong to the picture.
        const fullPage = (await page.getByRole("dialog").count()) === 0;
        await page.screenshot({ path: `${folder}${name}-${look}.png`, fullPage });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        console.log(`${name}-${look}${wider > 0 ? `: ${wider} pixels wider than the window` : ""}`);
      }
      await context.close();
    }
} finally {
  await browser.close();
  await node.stop();
}
