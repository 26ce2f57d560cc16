import { createAcsAuthHandler, EasyAuthVerifier } from "@acs-auth/http";
import fc from "fast-check";
import { afterEach, describe, it, vi } from "vitest";
import { caller, scriptedService, scriptedVerifier } from "../support/doubles.js";
import { body, type HeaderList, headers, line, token, visible } from "./arbitraries.js";
import { expectSound, numRuns, refuseUnhandledRejections } from "./soundness.js";

refuseUnhandledRejections();
afterEach(() => vi.unstubAllEnvs());

/** `undefined` if there is no such request. */
function makeRequest(method: string, path: string, headers: HeaderList, content: Buffer): Request | undefined {
  const hasBody = !["GET", "HEAD"].includes(method.toUpperCase());
  try {
    return new Request(new URL(path, "https://api.example"), {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      body: hasBody ? Uint8Array.from(content) : null,
    });
  } catch {
    return undefined;
  }
}

async function askAndCheck(handler: (request: Request) => Promise<Response>, request: Request): Promise<void> {
  const response = await handler(request);
  const text = await response.text();
  expectSound({
    status: response.status,
    header: (name) => response.headers.get(name),
    text: request.method === "HEAD" ? undefined : text,
  });
}

describe("whatever is asked of the handler, the answer is sound", () => {
  it("with bearer tokens", async () => {
    const options = { tokenScopes: ["chat"], tokenExpiresInMinutes: 120, maxBodyBytes: 200 } as const;
    const handler = createAcsAuthHandler({ service: scriptedService(), verifier: scriptedVerifier(), ...options });
    const property = fc.asyncProperty(line, headers, token, body, async ([method, path], headers, token, content) => {
      const request = makeRequest(method, path, [...headers, ["authorization", token]], content);
      fc.pre(request !== undefined);
      await askAndCheck(handler, request);
    });
    await fc.assert(property, { numRuns });
  }, 600_000);

  it("with principals of the platform", async () => {
    vi.stubEnv("WEBSITE_AUTH_ENABLED", "True");
    vi.stubEnv("WEBSITE_SITE_NAME", "contoso-api");
    const verifier = new EasyAuthVerifier({ tenantId: caller.tenantId });
    const handler = createAcsAuthHandler({ service: scriptedService(), verifier });
    const claim = fc.record({
      typ: fc.oneof(fc.constantFrom("tid", "oid", "scp", "idtyp", "azp", "__proto__"), visible, fc.jsonValue()),
      val: fc.oneof(fc.constantFrom(caller.tenantId, caller.objectId, "app"), visible, fc.jsonValue()),
    });
    const ids = ["tid", "oid"].map((typ, index) => ({ typ, val: [caller.tenantId, caller.objectId][index] }));
    const principal = fc.oneof(
      fc.array(claim, { maxLength: 4 }).map((claims) => ({ auth_typ: "aad", claims: [...ids, ...claims] })),
      fc.record({ auth_typ: fc.constantFrom("aad", "google", ""), claims: fc.array(claim) }),
      fc.jsonValue(),
    );
    const property = fc.asyncProperty(
      line,
      headers,
      principal,
      body,
      async ([method, path], headers, principal, content) => {
        const encoded = Buffer.from(JSON.stringify(principal)).toString("base64");
        const own: HeaderList = [
          ["x-ms-client-principal", encoded],
          ["x-ms-client-principal-idp", "aad"],
        ];
        const others = headers.filter(([name]) => !name.startsWith("x-ms-"));
        const request = makeRequest(method, path, [...others, ...own], content);
        fc.pre(request !== undefined);
        await askAndCheck(handler, request);
      },
    );
    await fc.assert(property, { numRuns });
  }, 600_000);
});
