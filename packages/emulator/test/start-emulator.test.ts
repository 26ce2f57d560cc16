import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, describe, expect, it, vi } from "vitest";
import { defaultFixtures, type Emulator, startEmulator } from "../src/index.js";
import { send, sign } from "./support/signed-request.js";

const ports = { entra: 0, communication: 0, admin: 0 };
const running: Emulator[] = [];

async function start(options: Parameters<typeof startEmulator>[0] = {}): Promise<Emulator> {
  const emulator = await startEmulator({ ports, ...options });
  running.push(emulator);
  return emulator;
}

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const emulator of running.splice(0)) await emulator.close();
});

describe("startEmulator", () => {
  it("says where everything is", async () => {
    const { entra, communication, admin, caFile } = await start();
    expect(entra.url).toMatch(/^https:\/\/localhost:\d+$/);
    expect(new Set([entra.url, communication.url, admin.url]).size).toBe(3);
    expect(communication.connectionString).toBe(`endpoint=${communication.url}/;accesskey=${communication.accessKey}`);
    expect(caFile).toBe(process.env["NODE_EXTRA_CA_CERTS"]);
  });

  it("can run twice, each with its own state", async () => {
    const [one, other] = [await start(), await start()];
    await send(sign(one, "POST", "/identities"));
    expect(one.state().communication.identities).toHaveLength(1);
    expect(other.state().communication.identities).toHaveLength(0);
  });

  it("takes the resource, its key and the fixtures from its options", async () => {
    const resourceId = "f0000000-0000-4000-8000-00000000000f";
    const emulator = await start({
      communication: { resourceId, accessKey: "b3RoZXI=" },
      fixtures: {
        ...defaultFixtures,
        users: {
          ...defaultFixtures.users,
          "user-four": { ...defaultFixtures.users["user-one"], objectId: resourceId },
        },
      },
    });
    expect(emulator.communication.connectionString).toContain("accesskey=b3RoZXI=");
    expect(await send(sign(emulator, "POST", "/identities"))).toMatchObject({
      status: 201,
      body: { identity: { id: expect.stringContaining(`8:acs:${resourceId}_`) } },
    });
    await emulator.mintToken({ user: "user-four" });
  });

  it("names the service whose port is taken, and leaves nothing behind", async () => {
    const taken = await listenAnywhere();
    const free = await listenAnywhere();
    await free.close();
    const starting = start({ ports: { entra: free.port, communication: taken.port, admin: 0 } });
    await expect(starting).rejects.toMatchObject({
      code: "EADDRINUSE",
      message: `The communication listener cannot start: port ${taken.port} is already in use.`,
    });
    await taken.close();
    await start({ ports: { entra: free.port, communication: taken.port, admin: 0 } });
  });

  it("listens on the loopback address only", async () => {
    const { entra, communication, admin } = await start();
    const addresses = Object.values(networkInterfaces()).flatMap((infos) => infos ?? []);
    const outside = addresses.filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { port } of [entra, communication, admin].map(({ url }) => new URL(url))) {
      await connects("127.0.0.1", Number(port));
      for (const { address } of outside) {
        await expect(connects(address, Number(port))).rejects.toMatchObject({ code: "ECONNREFUSED" });
      }
    }
  });

  it("refuses to start in production unless it is allowed to", async () => {
    vi.stubEnv("NODE_ENV", "production");
    await expect(start()).rejects.toThrow("NODE_ENV=production");
    await start({ allowProduction: true });
  });

  it("closes, cutting what is open, and closes again quietly", async () => {
    const emulator = await start();
    emulator.faults.add({ connection: "hang" });
    const hanging = expect(send(sign(emulator, "POST", "/identities"))).rejects.toThrow();
    await expect.poll(() => emulator.requests.count()).toBe(1);
    await emulator.close();
    await hanging;
    await emulator.close();
    await expect(fetch(emulator.admin.url)).rejects.toThrow();
  });

  it("does not replace global objects", async () => {
    const before = [globalThis.Request, globalThis.Response, globalThis.fetch];
    await start();
    expect([globalThis.Request, globalThis.Response, globalThis.fetch]).toEqual(before);
  });
});

async function listenAnywhere() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function connects(host: string, port: number): Promise<void> {
  const socket = connect({ host, port });
  await once(socket, "connect");
  socket.destroy();
}
