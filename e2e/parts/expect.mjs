// Waiting for what a person would wait for: something that is there or has gone, never a length of time.
import assert from "node:assert/strict";

/** @param {import("playwright-core").Locator} locator @param {number} [timeout] */
export async function expectVisible(locator, timeout) {
  await locator.first().waitFor({ state: "visible", timeout });
}

/** @param {import("playwright-core").Locator} locator @param {number} [timeout] */
export async function expectGone(locator, timeout) {
  await locator.first().waitFor({ state: "hidden", timeout });
}

/** Fails with everything that a page did and must not. @param {string[]} faults */
export function expectNoFaults(faults) {
  assert.deepEqual(faults, [], "the pages wrote errors, broke the content security policy or left the origin");
}
