import type { Hono } from "hono";
import { createAdmin } from "./admin/index.js";
import { withPageSignIn } from "./admin/page-sign-in.js";
import { createCertificateAuthority } from "./certificates.js";
import { createCommunication } from "./communication/index.js";
import { defaultFixtures } from "./default-fixtures.js";
import type { Emulator } from "./emulator.js";
import { createEntra } from "./entra/index.js";
import { createGraph } from "./graph/index.js";
import { graphErrorBody, graphErrorHeaders } from "./graph/injected-error.js";
import { defaultCertificates, type EmulatorOptions, resolvePorts } from "./options.js";
import { communicationErrorBody, entraErrorBody } from "./server/error-bodies.js";
import { Faults } from "./server/faults.js";
import { type Listener, listen, type RequestHandler } from "./server/listener.js";
import { RequestCounters } from "./server/request-counters.js";
import { RequestLog } from "./server/request-log.js";
import { serviceHandler } from "./server/service-handler.js";
import { serverSettings } from "./server-settings.js";
import { exportSnapshot, importSnapshot } from "./snapshot/snapshot.js";

/**
 * Starts Entra ID, Azure Communication Services Identity, Microsoft Graph and an admin endpoint, each on its own HTTPS
 * port of 127.0.0.1.
 *
 * @throws Error with the `code` of the system error, such as `EADDRINUSE`, if a port cannot be used; TypeError if an
 * option makes no sense; Error if `NODE_ENV` is `production` and `allowProduction` is not set.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { fixtures = defaultFixtures, now = Date.now } = options;
  if (process.env["NODE_ENV"] === "production" && !options.allowProduction) {
    throw new Error(
      "The emulator lets everybody in and does not start with NODE_ENV=production unless it is allowed to.",
    );
  }
  const { caFile, issueCertificate } = await createCertificateAuthority(options.certificates ?? defaultCertificates());
  const certificate = await issueCertificate();
  const ports = resolvePorts(options.ports);
  const listeners: Listener[] = [];
  const open = async (name: keyof typeof ports, handler: RequestHandler): Promise<string> => {
    const listener = await listen({ name, port: ports[name], certificate, handler });
    listeners.push(listener);
    return listener.url;
  };

  const counters = new RequestCounters();
  const faults = new Faults();
  const log = new RequestLog();
  const recording = { counters, faults, log };

  const close = async () => {
    faults.reset();
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  try {
    let admin: Hono | undefined;
    const adminUrl = await open("admin", async (request, env) => {
      return admin ? admin.fetch(request, env) : new Response(null, { status: 503 });
    });
    let entraUrl = "";
    const entra = await createEntra({
      ...options.entra,
      fixtures: withPageSignIn(fixtures, adminUrl),
      now,
      origin: () => entraUrl,
    });
    const { verifyAccessToken } = entra;
    const communication = await createCommunication({ ...options.communication, verifyAccessToken, now });
    let graphUrl = "";
    const graph = createGraph({
      ...options.graph,
      fixtures,
      verifyAccessToken,
      now,
      origin: () => graphUrl,
      authority: () => entraUrl,
    });
    entraUrl = await open(
      "entra",
      serviceHandler({ name: "entra", app: entra.app, errorBody: entraErrorBody }, recording),
    );
    const communicationUrl = await open(
      "communication",
      serviceHandler({ name: "communication", app: communication.app, errorBody: communicationErrorBody }, recording),
    );
    graphUrl = await open(
      "graph",
      serviceHandler(
        { name: "graph", app: graph.app, errorBody: graphErrorBody, errorHeaders: graphErrorHeaders },
        recording,
      ),
    );
    const services = {
      entra: {
        url: entraUrl,
        requireMfa: entra.requireMfa,
        withdrawMfa: entra.withdrawMfa,
        grantConsent: entra.grantConsent,
        revokeConsent: entra.revokeConsent,
        revokeSessions: entra.revokeSessions,
      },
      communication: {
        url: communicationUrl,
        connectionString: `endpoint=${communicationUrl}/;accesskey=${communication.accessKey}`,
        accessKey: communication.accessKey,
        resourceId: communication.resourceId,
        introspectToken: communication.introspectToken,
      },
      graph: {
        url: graphUrl,
        setReplicaLag: graph.setReplicaLag,
        requireClaims: graph.requireClaims,
        withdrawClaims: graph.withdrawClaims,
      },
      caFile,
      fixtures,
      faults,
      requests: counters,
      mintToken: entra.mintToken,
      rotateKeys: entra.rotateKeys,
      state: () => ({ entra: entra.state(), communication: communication.state(), graph: graph.state() }),
      exportState: () => exportSnapshot({ entra, communication, graph }),
      importState: (snapshot: unknown) => importSnapshot(snapshot, { entra, communication, graph }),
      reset: () => {
        entra.reset();
        communication.reset();
        graph.reset();
        faults.reset();
        counters.clear();
        log.clear();
      },
    };
    const emulator = { ...services, serverSettings: serverSettings(services) };
    admin = createAdmin(emulator, log);
    return { ...emulator, admin: { url: adminUrl }, close };
  } catch (error) {
    await close();
    throw error;
  }
}
