import { expect, test } from "./support/test.js";

const attempt = (request: string) => `${request}.then(() => "sent", () => "stopped")`;

test("the page’s policy stops foreign scripts and connections to anybody else", async ({ browser, stack }) => {
  const page = await browser.newPage();
  await page.goto(stack.pageUrl);
  const { entra, graph } = stack.emulator;

  expect(await page.evaluate(attempt(`fetch("${entra.url}/", { mode: "no-cors" })`))).toBe("sent");
  expect(await page.evaluate(attempt(`fetch("${graph.url}/", { mode: "no-cors" })`))).toBe("stopped");
  await page.evaluate(`{
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.head.append(script);
  }`);
  expect(await page.evaluate("window.injected")).toBeUndefined();
  await page.close();
});
