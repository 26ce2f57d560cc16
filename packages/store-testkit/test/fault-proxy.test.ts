import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { type FaultProxyOptions, startFaultProxy } from "../src/index.js";
import { startKeyValueServer } from "./support/key-value-server.js";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Answers every line with the same line, and remembers the lines. */
async function startLineServer() {
  const lines: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (data) => {
      lines.push(data.toString());
      socket.write(data);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(async () => server.close());
  return { lines, port: (server.address() as AddressInfo).port };
}

async function startLines(options: Omit<FaultProxyOptions, "target"> = {}) {
  const { lines, port } = await startLineServer();
  const proxy = await startFaultProxy({ target: { port }, ...options });
  closing.push(() => proxy.close());
  const open = async (): Promise<Socket> => {
    const socket = connect(proxy.port, proxy.host);
    socket.on("error", () => {});
    await once(socket, "connect");
    return socket;
  };
  return { lines, proxy, open };
}

async function ask(socket: Socket, line: string): Promise<string> {
  socket.write(line);
  return new Promise((resolve) => {
    socket.once("data", (data) => resolve(data.toString()));
    socket.once("close", () => resolve("closed"));
  });
}

it("passes what client and server send, for any protocol", async () => {
  const { open } = await startLines();
  const [one, two] = [await open(), await open()];
  expect(await Promise.all([ask(one, "a"), ask(two, "b")])).toEqual(["a", "b"]);
  expect(await ask(one, "c")).toBe("c");
});

it("passes a large answer to its end when the server closes after it", async () => {
  const answer = "x".repeat(5_000_000);
  const server = createServer((socket) => socket.end(answer));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(async () => server.close());
  const proxy = await startFaultProxy({ target: { port: (server.address() as AddressInfo).port } });
  closing.push(() => proxy.close());
  let received = 0;
  for await (const chunk of connect(proxy.port, proxy.host)) received += chunk.length;
  expect(received).toBe(answer.length);
});

it("cuts open connections and new ones while it is down, and passes all again when it is up", async () => {
  const { lines, proxy, open } = await startLines();
  const socket = await open();
  await ask(socket, "before");
  const cut = new Promise((resolve) => socket.once("close", resolve));
  await proxy.takeDown();
  await cut;
  expect(await ask(await open(), "during")).toBe("closed");
  await proxy.bringUp();
  expect(await ask(await open(), "after")).toBe("after");
  expect(lines).toEqual(["before", "after"]);
});

it("delays what is sent, without changing its order", async () => {
  const { lines, proxy, open } = await startLines();
  const socket = await open();
  await proxy.delay(200);
  const started = performance.now();
  socket.write("slow");
  await setTimeout(20);
  await proxy.delay(0);
  socket.write("fast");
  await expect.poll(() => lines.join("")).toBe("slowfast");
  expect(performance.now() - started).toBeGreaterThanOrEqual(195);
});

it("drops what is still delayed when its client leaves", async () => {
  const { lines, proxy, open } = await startLines();
  await proxy.delay(150);
  const socket = await open();
  socket.write("never");
  await setTimeout(20);
  socket.destroy();
  await setTimeout(250);
  expect(lines).toEqual([]);
});

it("loses the reply to the next write, after the write has had its effect, and no other", async () => {
  const { lines, proxy, open } = await startLines({ isWrite: (sent) => sent.includes("INSERT") });
  const [reader, writer, later] = [await open(), await open(), await open()];
  await proxy.loseNextReply();
  expect(await ask(reader, "SELECT")).toBe("SELECT");
  expect(await ask(writer, "INSERT 1")).toBe("closed");
  expect(await ask(later, "INSERT 2")).toBe("INSERT 2");
  expect(lines).toEqual(["SELECT", "INSERT 1", "INSERT 2"]);
});

it("knows the writes of HTTP", async () => {
  const server = await startKeyValueServer();
  closing.push(() => server.close());
  const proxy = await startFaultProxy({ target: { port: server.port } });
  closing.push(() => proxy.close());
  const url = `http://${proxy.host}:${proxy.port}/key`;
  await proxy.loseNextReply();
  expect((await fetch(url)).status).toBe(404);
  await expect(fetch(url, { method: "PUT", body: "value" })).rejects.toThrow("fetch failed");
  expect(await (await fetch(url)).text()).toBe("value");
});

it("says when a reply was to be lost and no write has passed", async () => {
  const { port } = await startLineServer();
  const proxy = await startFaultProxy({ target: { port } });
  await proxy.loseNextReply();
  await expect(proxy.close()).rejects.toThrow("isWrite");
});

it("cuts a client whose backend is not there", async () => {
  const { port } = await startLineServer();
  for (const close of closing.splice(0)) await close();
  const proxy = await startFaultProxy({ target: { port } });
  closing.push(() => proxy.close());
  const socket = connect(proxy.port, proxy.host);
  socket.on("error", () => {});
  expect(await ask(socket, "hello")).toBe("closed");
});
