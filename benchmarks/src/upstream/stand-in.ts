import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createCertificateAuthority, type TlsCertificate } from "@acs-auth/emulator";
import { expose } from "../processes/expose.js";
import { createCommunication } from "./stand-in/communication.js";
import { createEntra } from "./stand-in/entra.js";
import { createGraph } from "./stand-in/graph.js";
import { readRequest, type ServiceHandler } from "./stand-in/handler.js";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  createUsers,
  SigningKey,
  TEAMS_CLIENT_ID,
  TENANT_ID,
  type User,
} from "./stand-in/users.js";
import { type Delays, NO_DELAYS, type Service, type UpstreamOperations } from "./upstream.js";

const counts = { entra: 0, graph: 0, communication: 0 };
const graph = createGraph();
let delays: Delays = NO_DELAYS;
let users: readonly User[] = [];

expose({
  async start(userCount, certificates) {
    const key = await SigningKey.create();
    users = await createUsers(userCount, key);
    const { issueCertificate } = await createCertificateAuthority(certificates);
    const certificate = await issueCertificate();
    const entraUrl = await listen("entra", certificate, createEntra(key));
    const communicationUrl = await listen("communication", certificate, createCommunication());
    return {
      entraUrl,
      graphUrl: await listen("graph", certificate, graph.handle),
      connectionString: `endpoint=${communicationUrl}/;accesskey=${Buffer.from("stand-in").toString("base64")}`,
      tenantId: TENANT_ID,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      teamsClientId: TEAMS_CLIENT_ID,
    };
  },
  users: async () => [...users],
  setDelays(next) {
    delays = next;
  },
  counts: () => ({ ...counts }),
  forgetUsersFrom(index) {
    for (const { objectId } of users.slice(index)) graph.forget(objectId);
  },
} satisfies UpstreamOperations);

async function listen(service: Service, certificate: TlsCertificate, handle: ServiceHandler): Promise<string> {
  const server = createServer(certificate, async (incoming, response) => {
    counts[service] += 1;
    const request = await readRequest(incoming);
    if (delays[service] > 0) await delay(delays[service]);
    const origin = `https://${request.host}`;
    const { status, body } = handle(request, origin);
    response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return `https://localhost:${port}`;
}
