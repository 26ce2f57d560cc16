import { Client, type GraphError } from "@microsoft/microsoft-graph-client";
import { afterEach, beforeEach } from "vitest";
import { createCertificateAuthority } from "../../../src/certificates.js";
import { defaultFixtures } from "../../../src/default-fixtures.js";
import { createEntra, type Entra, type MintTokenRequest } from "../../../src/entra/index.js";
import type { Fixtures } from "../../../src/fixtures.js";
import { createGraph, type Graph } from "../../../src/graph/index.js";
import type { GraphOptions } from "../../../src/graph/options.js";
import { type Listener, listen } from "../../../src/server/listener.js";

export interface GraphServer {
  readonly url: string;
  readonly entraUrl: string;
  readonly graph: Graph;
  readonly entra: Entra;
  /** The clock of both services stands this far ahead. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

export interface GraphServerOptions extends GraphOptions {
  readonly fixtures?: Fixtures;
}

/** Entra ID and Microsoft Graph alone, over TLS on free ports of localhost. */
export async function startGraph({ fixtures = defaultFixtures, ...options }: GraphServerOptions): Promise<GraphServer> {
  const directory = process.env["ACS_AUTH_EMULATOR_CERTIFICATES"];
  if (directory === undefined) throw new Error("The tests' certificate authority is missing.");
  const { issueCertificate } = await createCertificateAuthority(directory);
  const certificate = await issueCertificate();
  const listeners: Listener[] = [];
  const open = async (name: string, { app }: Entra | Graph) => {
    const listener = await listen({
      name,
      port: 0,
      certificate,
      handler: async (request, env) => app.fetch(request, env),
    });
    listeners.push(listener);
    return listener.url;
  };
  let [url, entraUrl, ahead] = ["", "", 0];
  const now = () => Date.now() + ahead;
  const entra = await createEntra({ fixtures, now, origin: () => entraUrl });
  const { verifyAccessToken } = entra;
  const graph = createGraph({
    ...options,
    fixtures,
    verifyAccessToken,
    now,
    origin: () => url,
    authority: () => entraUrl,
  });
  entraUrl = await open("entra", entra);
  url = await open("graph", graph);
  return {
    url,
    entraUrl,
    graph,
    entra,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    close: async () => {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}

/** A new server for each test. */
export function useGraph(options: GraphServerOptions = {}): () => GraphServer {
  let running: GraphServer | undefined;
  beforeEach(async () => {
    running = await startGraph(options);
  });
  afterEach(() => running?.close());
  return () => {
    if (!running) throw new Error("The server is not running.");
    return running;
  };
}

/** A token of the fixture API that may read and write its user's own extensions; with `roles` it is app-only. */
export function graphToken({ entra }: GraphServer, request: MintTokenRequest = {}): Promise<string> {
  const user = request.roles ? {} : { user: "user-one" };
  return entra.mintToken({ application: "api", audience: "graph", ...user, ...request });
}

/** The real SDK with such a token. */
export async function graphClient(server: GraphServer, request: MintTokenRequest = {}): Promise<Client> {
  return clientWith(server.url, await graphToken(server, request));
}

export function clientWith(baseUrl: string, token: string): Client {
  return Client.initWithMiddleware({
    authProvider: { getAccessToken: async () => token },
    baseUrl,
    customHosts: new Set(["localhost"]),
  });
}

/** The error that a call of the SDK ends with. */
export async function graphErrorOf(call: Promise<unknown>): Promise<GraphError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: GraphError) => ({ error }),
  );
  if ("value" in outcome) throw new Error(`The call should have failed and answered ${JSON.stringify(outcome.value)}.`);
  return outcome.error;
}
