import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const folder = process.env["SCREENSHOTS"];

/**
 * Expects of what the page shows now, light on a desk and dark on a phone: no violation that axe finds, and nothing wider
 * than the screen. With `SCREENSHOTS=<folder>` each is kept as a picture.
 */
export async function inspect(page: Page, state: string): Promise<void> {
  await page.evaluate(await readFile(axe, "utf8"));
  const before = page.viewportSize();
  for (const [colorScheme, width] of [
    ["light", 1280],
    ["dark", 390],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    const where = `${state}, ${colorScheme}, ${width} px`;
    if (folder) await page.screenshot({ path: `${folder}/${where.replaceAll(/\W+/g, "-")}.png`, fullPage: true });
    expect(await page.evaluate("document.documentElement.scrollWidth"), where).toBeLessThanOrEqual(width);
    expect(await page.evaluate(violations), where).toEqual([]);
  }
  if (before) await page.setViewportSize(before);
}

const violations = `axe.run().then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")))`;
