import { once } from "node:events";
import { createServer } from "node:http";
import type { Page } from "@playwright/test";
import type { Stack } from "./support/stack.js";
import { expect, test } from "./support/test.js";

interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the clients read of an answer, and what tells us which it was. */
interface Message {
  readonly token: string;
  readonly user: { readonly id: string };
  readonly status: number;
  readonly code: string;
}

/** What a client of Microsoft's samples does in its page: it takes every answer for JSON, whatever its status. */
function call(page: Page, { serverPort }: Stack, path: string, init: Call) {
  const url = `http://localhost:${serverPort}/${path}`;
  return page.evaluate(
    async ([url, init]) => {
      const response = await fetch(url, init);
      return { message: (await response.json()) as Message, challenge: response.headers.get("WWW-Authenticate") };
    },
    [url, init] as const,
  );
}

async function signedIn({ emulator }: Stack) {
  const accessToken = await emulator.mintToken({ user: "user-one" });
  const teamsToken = await emulator.mintToken({ user: "user-one", audience: "teams" });
  return { authorization: { Authorization: `Bearer ${accessToken}` }, teamsToken };
}

const identitiesOf = ({ emulator }: Stack) => emulator.state().communication.identities.map(({ id }) => id);

test.describe("from a page of a listed origin", () => {
  test.beforeEach(async ({ page, stack }) => {
    await page.goto(stack.pageUrl);
  });

  test("Microsoft's MinimalClient creates an identity and gets both kinds of token", async ({ page, stack }) => {
    const { authorization, teamsToken } = await signedIn(stack);
    await call(page, stack, "api/user", { method: "POST", headers: authorization });
    const { message } = await call(page, stack, "api/token", { headers: authorization });
    expect(identitiesOf(stack)).toEqual([message.user.id]);
    const headers = { ...authorization, "teams-user-aad-token": teamsToken };
    const { message: ofTeams } = await call(page, stack, "api/token/teams", { headers });
    for (const { token } of [message, ofTeams]) {
      expect(await stack.emulator.communication.introspectToken(token)).toMatchObject({ active: true });
    }
  });

  test("Microsoft's single-page app for Teams exchanges its token", async ({ page, stack }) => {
    const { authorization, teamsToken } = await signedIn(stack);
    const headers = { ...authorization, "Content-Type": "application/json" };
    const body = JSON.stringify({ accessToken: teamsToken });
    const { message } = await call(page, stack, "exchange", { method: "POST", headers, body });
    expect(await stack.emulator.communication.introspectToken(message.token)).toMatchObject({ active: true });
  });

  test("both can read what is wrong", async ({ page, stack }) => {
    const expired = await stack.emulator.mintToken({ user: "user-one", lifetimeInSeconds: -600 });
    const headers = { Authorization: `Bearer ${expired}` };
    for (const [path, method] of [
      ["api/token", "GET"],
      ["exchange", "POST"],
    ] as const) {
      const { message, challenge } = await call(page, stack, path, { method, headers });
      expect(message).toMatchObject({ status: 401, code: "invalid_token" });
      expect(challenge).toContain('error="invalid_token"');
    }
  });
});

test("a page of another origin reaches nothing", async ({ page, stack }) => {
  const { authorization } = await signedIn(stack);
  const other = createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end("<title>Another origin</title>");
  }).listen(0, "localhost");
  await once(other, "listening");
  const address = other.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  await page.goto(`http://localhost:${address.port}`);
  other.close();
  const created = call(page, stack, "api/user", { method: "POST", headers: authorization });
  await expect(created).rejects.toThrow("Failed to fetch");
  expect(identitiesOf(stack)).toEqual([]);
});
