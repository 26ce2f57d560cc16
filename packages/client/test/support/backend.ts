import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AccessTokenRequest, AcsAuthClientOptions } from "@acs-auth/client";
import { AcsAuthService, createIdentityClient, EntraTokenVerifier, TeamsTokenVerifier } from "@acs-auth/core";
import { type Emulator, type MintTokenRequest, startEmulator } from "@acs-auth/emulator";
import { type AcsAuthHandlerOptions, createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { afterAll, beforeAll, beforeEach, onTestFinished } from "vitest";

/** Answers a request in place of the handler; the answer may be none at all. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server with `@acs-auth/http`, and what a client of the fixture user `user-one` needs to call it. */
export interface Backend {
  readonly endpoint: string;
  /** Every request received, preflights aside, in order. */
  readonly requests: ReceivedRequest[];
  /** What `getAccessToken` was called with, in order. */
  readonly signIns: AccessTokenRequest[];
  readonly client: AcsAuthClientOptions;
  /** Answers the next requests, one each, in place of the handler. */
  answerNext(...answers: readonly Answer[]): void;
  /** Stops the server, as in an outage; `resume` starts it again on the same port. */
  stop(): Promise<void>;
  resume(): Promise<void>;
}

/** Starts an emulator for the tests of a file; it is reset before each. */
export function useEmulator(): () => Emulator {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({
      ports: { entra: 0, communication: 0, graph: 0, admin: 0 },
      now: () => Date.now(), // the clock of the test, where it has one
    });
  });
  beforeEach(() => emulator.reset());
  afterAll(() => emulator?.close());
  return () => emulator;
}

/** Serves the handler with the real service, verifiers and Azure SDK against the emulator, for the rest of the test. */
export async function startBackend(
  emulator: Emulator,
  options: Partial<AcsAuthHandlerOptions> = {},
  accessToken: (request: AccessTokenRequest) => Partial<MintTokenRequest> = () => ({}),
): Promise<Backend> {
  const { clientId } = emulator.fixtures.applications.api;
  const authorityHost = emulator.entra.url;
  const service = new AcsAuthService({
    identityClient: createIdentityClient(emulator.communication.connectionString),
    store: new MemoryIdentityStore(),
    teamsTokenVerifier: new TeamsTokenVerifier({ clientId, authorityHost }),
  });
  const verifier = new EntraTokenVerifier({ clientId, tenantId: emulator.fixtures.tenants.home.id, authorityHost });
  const handle = toNodeListener(createAcsAuthHandler({ service, verifier, createOnToken: true, ...options }));

  const requests: ReceivedRequest[] = [];
  const answers: Answer[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    if (method !== "OPTIONS") requests.push({ method, path: url, headers });
    const answer = method === "OPTIONS" ? handle : (answers.shift() ?? handle);
    answer(request, response);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  await listen(0);
  onTestFinished(stop);
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const signIns: AccessTokenRequest[] = [];
  return {
    endpoint,
    requests,
    signIns,
    answerNext: (...next) => void answers.push(...next),
    stop,
    resume: () => listen(port),
    client: {
      endpoint,
      getAccessToken: async (request) => {
        signIns.push(request);
        return emulator.mintToken({ user: "user-one", ...accessToken(request) });
      },
    },
  };
}

/** Answers with this status, and with a body that is JSON unless it is a string. */
export function answer(status: number, body: unknown = "", headers: Readonly<Record<string, string>> = {}): Answer {
  return (_, response) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, headers).end(text);
  };
}

export function problem(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return answer(
    status,
    { status, code, detail: "Because." },
    { "content-type": "application/problem+json", ...headers },
  );
}

/** Never answers. */
export const hang: Answer = () => {};
/** Cuts the connection. */
export const cut: Answer = (request) => void request.socket.destroy();
