import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultFixtures } from "@acs-auth/emulator";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { GraphIdentityStore, type OnBehalfOfOptions, onBehalfOf } from "../src/index.js";
import { clientAssertion, newClientCertificate } from "./support/client-certificate.js";
import { expectCode, KEY, OBO, useGraph } from "./support/harness.js";

const registered = await newClientCertificate();
const directory = await mkdtemp(join(tmpdir(), "acs-auth-store-graph-"));
afterAll(() => rm(directory, { recursive: true }));

const { applications } = defaultFixtures;
const { emulator, requests, signIn } = useGraph({
  fixtures: {
    ...defaultFixtures,
    applications: { ...applications, api: { ...applications.api, certificates: [registered.certificate] } },
  },
});

async function writePem({ certificate, privateKey }: typeof registered): Promise<string> {
  const path = join(directory, `${randomUUID()}.pem`);
  await writeFile(path, `${privateKey}\n${certificate}\n`);
  return path;
}

function assertionBy(privateKey: string): string {
  const tokenEndpoint = `${emulator().entra.url}/${emulator().fixtures.tenants.home.id}/oauth2/v2.0/token`;
  return clientAssertion(applications.api.clientId, tokenEndpoint, privateKey);
}

function storeWith(options: Partial<OnBehalfOfOptions>): GraphIdentityStore {
  const { clientId } = emulator().fixtures.applications.api;
  return new GraphIdentityStore({
    access: onBehalfOf({ clientId, authorityHost: emulator().entra.url, ...options } as OnBehalfOfOptions),
    graphEndpoint: emulator().graph.url,
    mappingKeys: [KEY],
  });
}

afterEach(() => vi.unstubAllEnvs());

describe("the server proves who it is", () => {
  it("with a certificate", async () => {
    const { user, options } = await signIn();
    const store = storeWith({ certificatePath: await writePem(registered), sendCertificateChain: true });
    expect(await store.get(user, options)).toBeUndefined();
  });

  it("with an assertion of a federated identity, asked for with each token request", async () => {
    const getAssertion = vi.fn(async () => assertionBy(registered.privateKey));
    const store = storeWith({ getAssertion });
    for (const name of ["user-one", "user-one", "user-two"]) {
      const { user, options } = await signIn(name);
      expect(await store.get(user, options)).toBeUndefined();
    }
    expect(getAssertion).toHaveBeenCalledTimes(requests("entra", OBO));
  });
});

describe("the authority", () => {
  it("is taken from AZURE_AUTHORITY_HOST where none is given", async () => {
    vi.stubEnv("AZURE_AUTHORITY_HOST", `${emulator().entra.url}/`);
    const { clientId, clientSecret } = emulator().fixtures.applications.api;
    const store = new GraphIdentityStore({
      access: onBehalfOf({ clientId, clientSecret }),
      graphEndpoint: emulator().graph.url,
      mappingKeys: [KEY],
    });
    const { user, options } = await signIn();
    expect(await store.get(user, options)).toBeUndefined();
  });

  it("in AZURE_AUTHORITY_HOST must be https", () => {
    vi.stubEnv("AZURE_AUTHORITY_HOST", "http://localhost");
    const access = onBehalfOf({ clientId: "a", clientSecret: "b" });
    expect(() => new GraphIdentityStore({ access, mappingKeys: [KEY] })).toThrow(/AZURE_AUTHORITY_HOST/);
  });
});

describe("a wrong or unusable credential is the server's trouble", () => {
  it("a wrong secret", async () => {
    const { user, options } = await signIn();
    const error = await expectCode(storeWith({ clientSecret: "wrong" }).get(user, options), "provider_denied");
    expect(error.message).toContain("AADSTS7000215");
    expect(requests("entra", OBO)).toBe(1);
  });

  it("a certificate that is not there", async () => {
    const { user, options } = await signIn();
    await expectCode(storeWith({ certificatePath: "/nowhere.pem" }).get(user, options), "provider_denied");
  });

  it("an assertion that cannot be had, or is none", async () => {
    const { user, options } = await signIn();
    const secret = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl";
    const failing = storeWith({ getAssertion: () => Promise.reject(new Error(`no ${secret}`)) });
    const error = await expectCode(failing.get(user, options), "provider_denied");
    expect(`${error.stack} ${error.cause}`).not.toContain(secret);
    await expectCode(storeWith({ getAssertion: async () => "" }).get(user, options), "provider_denied");
  });

  it("a certificate or an assertion that Entra ID does not trust", async () => {
    const stranger = await newClientCertificate();
    const { user, options } = await signIn();
    const getAssertion = async () => assertionBy(stranger.privateKey);
    await expectCode(storeWith({ getAssertion }).get(user, options), "provider_denied");
    const certificatePath = await writePem(stranger);
    await expectCode(storeWith({ certificatePath }).get(user, options), "provider_denied");
    expect(requests("entra", OBO)).toBe(2);
  });
});
