import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { ACCOUNT, startAzurite } from "test-support/azurite";
import { DATABASE, KEY, startCosmosServer } from "test-support/cosmos-server";
import { type Gateway, startGateway } from "../gateway.js";
import { DATABASE_FAULTS, FAULTS, MIX, pick, USERS } from "./mix.js";
import { type Measurement, type ServerSettings, STORES } from "./server.js";

/** How many requests are under way at a time. */
const CONCURRENCY = 30;

/** One request in so many is begun together with a fault. */
const FAULT_EVERY = 40;

/** A server in a process of its own, and the services that it needs. */
export class Soak {
  readonly #emulator: Emulator;
  readonly #gateways: readonly Gateway[];
  readonly #server: ChildProcess;
  readonly #port: number;
  readonly #closeBackends: () => Promise<void>;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  readonly #tokens = new Map<string, string>();
  /** How often each status was answered; `gone` counts the requests whose client did not wait. */
  readonly statuses: Record<string, number> = {};

  private constructor(
    emulator: Emulator,
    gateways: readonly Gateway[],
    server: ChildProcess,
    port: number,
    closeBackends: () => Promise<void>,
  ) {
    this.#emulator = emulator;
    this.#gateways = gateways;
    this.#server = server;
    this.#port = port;
    this.#closeBackends = closeBackends;
  }

  /** @param bundle - `server.ts` as plain Node can run it. */
  static async start(bundle: string, leaks: boolean): Promise<Soak> {
    const emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 } });
    const [azurite, cosmos] = await Promise.all([startAzurite(), startCosmosServer()]);
    const container = await cosmos.createContainer();
    const [tables, items] = await Promise.all([startGateway(azurite.port), startGateway(cosmos.port)]);
    const { api, client } = emulator.fixtures.applications;
    const settings: ServerSettings = {
      connectionString: emulator.communication.connectionString,
      authorityHost: emulator.entra.url,
      tenantId: emulator.fixtures.tenants.home.id,
      clientId: api.clientId,
      clientSecret: api.clientSecret ?? "",
      teamsClientId: client.clientId,
      graphEndpoint: emulator.graph.url,
      table: { endpoint: `http://127.0.0.1:${tables.port}/${ACCOUNT.name}`, account: ACCOUNT.name, key: ACCOUNT.key },
      cosmos: {
        endpoint: `http://127.0.0.1:${items.port}`,
        key: KEY,
        databaseName: DATABASE,
        containerName: container.id,
      },
      leaks,
    };
    const server = fork(fileURLToPath(bundle), { execArgv: ["--expose-gc"] });
    server.send(settings);
    const [port]: unknown[] = await once(server, "message");
    const soak = new Soak(emulator, [tables, items], server, Number(port), async () => {
      await Promise.all([tables.close(), items.close()]);
      await Promise.all([azurite.close(), cosmos.close(), emulator.close()]);
    });
    for (const user of USERS) {
      soak.#tokens.set(user, await emulator.mintToken({ user }));
      soak.#tokens.set(`${user} teams`, await emulator.mintToken({ user, audience: "teams" }));
    }
    return soak;
  }

  /** Sends so many requests. Resolves when each was answered or given up by its client. */
  async send(count: number): Promise<void> {
    let sent = 0;
    const worker = async () => {
      while (sent < count) {
        sent += 1;
        if (sent % FAULT_EVERY === 0) this.#addFault();
        const status = await this.#request();
        this.statuses[status] = (this.statuses[status] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  }

  /** What the server holds when it has nothing to do. */
  async measure(): Promise<Measurement> {
    this.#emulator.faults.clear();
    this.#server.send("measure");
    const [measurement]: Measurement[] = await once(this.#server, "message");
    if (!measurement) throw new Error("The server did not say what it holds.");
    return measurement;
  }

  /** Closes the server, which nothing then keeps from ending; resolves to its exit code, or undefined if it stays. */
  async close(patienceInMs: number): Promise<number | undefined> {
    this.#agent.destroy();
    const exit = once(this.#server, "exit");
    this.#server.send("close");
    await this.#closeBackends();
    const code = await Promise.race([exit.then(([value]) => Number(value)), delay(patienceInMs)]);
    this.#server.kill("SIGKILL");
    return code ?? undefined;
  }

  #addFault(): void {
    this.#emulator.faults.add(pick(FAULTS));
    for (const gateway of this.#gateways) {
      gateway.faults.clear();
      gateway.faults.add(pick(DATABASE_FAULTS));
    }
  }

  async #request(): Promise<number | "gone"> {
    const [method, path, kind] = pick(MIX);
    const user = pick(USERS);
    const newToken = () => this.#emulator.mintToken({ user, claims: { uti: randomUUID() } });
    const token = kind === "new" ? await newToken() : this.#tokens.get(user);
    const headers = {
      authorization: `Bearer ${kind === "bad" ? randomUUID() : token}`,
      ...(kind === "teams" ? { "teams-user-aad-token": this.#tokens.get(`${user} teams`) } : {}),
    };
    const sent = request({
      agent: this.#agent,
      host: "127.0.0.1",
      port: this.#port,
      method,
      path: `/${pick(STORES)}${path}`,
      headers,
    });
    if (kind === "impatient") setTimeout(() => sent.destroy(), Math.random() * 30);
    return new Promise((resolve, reject) => {
      sent.on("response", (response) => {
        response.resume();
        response.on("close", () => resolve(response.complete ? (response.statusCode ?? 0) : "gone"));
      });
      sent.on("error", (error) => (kind === "impatient" ? resolve("gone") : reject(error)));
      sent.end();
    });
  }
}
