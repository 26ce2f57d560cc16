import { expect, it } from "vitest";
import { startEmulator } from "../../src/index.js";
import type { LogChanges } from "../../src/server/request-log.js";
import { useEmulator } from "../support/emulator.js";

const emulator = useEmulator();
const ask = () => fetch(`${emulator().graph.url}/v1.0/me`);

/** The messages of the log's stream, one after the other. */
async function* changes(url: string, signal: AbortSignal): AsyncGenerator<LogChanges> {
  const { body } = await fetch(`${url}/log/stream`, { signal });
  if (!body) return;
  let text = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      yield JSON.parse(text.slice(0, end).replace("data: ", ""));
      text = text.slice(end + 2);
    }
  }
}

it("streams what was there, then what happens", async () => {
  await ask();
  const closed = new AbortController();
  const stream = changes(emulator().admin.url, closed.signal);
  const next = async () => (await stream.next()).value;
  const before: LogChanges = await next();
  expect(before.entries).toMatchObject([{ service: "graph", path: "/v1.0/me" }]);

  await fetch(`${emulator().admin.url}/log`, { method: "DELETE" });
  await ask();
  let change: LogChanges;
  do change = await next();
  while (!change.entries.some(({ id, response }) => id !== before.entries[0]?.id && response?.status === 401));
  expect(change.generation).toBe(before.generation + 1);
  closed.abort();
});

it("is cleared, and by a reset too", async () => {
  const log = async () => (await fetch(`${emulator().admin.url}/log`)).json();
  await ask();
  expect(await log()).toHaveLength(1);
  expect((await fetch(`${emulator().admin.url}/log`, { method: "DELETE" })).status).toBe(204);
  expect(await log()).toEqual([]);
  await ask();
  emulator().reset();
  expect(await log()).toEqual([]);
});

it("does not keep an emulator from closing", async () => {
  const own = await startEmulator({ ports: { admin: 0 } });
  const stream = changes(own.admin.url, AbortSignal.timeout(10_000));
  await stream.next();
  await own.close();
  await expect(stream.next()).rejects.toThrow("terminated");
});

it("serves many readers without a warning", async () => {
  const warnings: Error[] = [];
  const record = (warning: Error) => warnings.push(warning);
  process.on("warning", record);
  const closed = new AbortController();
  const streams = Array.from({ length: 20 }, () => changes(emulator().admin.url, closed.signal));
  await Promise.all(streams.map((stream) => stream.next()));
  await ask();
  await Promise.all(streams.map((stream) => stream.next()));
  closed.abort();
  process.off("warning", record);
  expect(warnings).toEqual([]);
});
