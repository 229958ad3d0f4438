// axe with every rule that it has on by default; none is turned off anywhere.
import assert from "node:assert/strict";

import { AxeBuilder } from "@axe-core/playwright";

const AT_LEAST = 10;

/**
 * What axe finds wrong on the page as it stands, one line each.
 * @param {import("playwright-core").Page} page
 * @param {string} name of the page, for the message
 * @returns {Promise<string[]>}
 */
export async function violationsOf(page, name) {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  assert.ok(passes.length > AT_LEAST, `axe looked at ${name}`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${name}: ${id} at ${target.join(" ")}: ${failureSummary}`),
  );
}
