import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { UserKey } from "@acs-auth/core";
import type { Backend } from "../backends/backend.js";
import { openWorld, type World } from "../histories/world.js";
import type { Kill } from "./kill-point.js";
import type { WorkerSettings } from "./messages.js";
import { isLive, type Look, type Window, windowOf } from "./window.js";
import { Worker } from "./worker.js";

/** What came of one kill. */
export interface Aftermath {
  readonly window: Window;
  /** Identities that exist although nothing maps to them and nobody was told. */
  readonly unaccounted: number;
  readonly violations: readonly string[];
}

/** Kills worker after worker and lets another process repeat the call of each. */
export async function killWorkers(backend: Backend, bundle: string, kills: readonly Kill[]): Promise<Aftermath[]> {
  const world = await openWorld(backend, []);
  const { place } = world.space;
  if (!place) throw new Error(`Other processes cannot share the ${backend.name} store.`);
  const settings = { connectionString: world.emulator.communication.connectionString, place };
  const lane = new Lane(world, bundle, settings);
  try {
    await lane.open();
    const aftermaths: Aftermath[] = [];
    for (const kill of kills) aftermaths.push(await lane.run(kill));
    return aftermaths;
  } finally {
    await lane.close();
    await world.close();
  }
}

class Lane {
  readonly #world: World;
  readonly #start: () => Promise<Worker>;
  /** Identities that were mapped when all was done, or reported. */
  readonly #known = new Set<string>();
  #unaccounted = 0;
  #spare: Promise<Worker> | undefined;
  #rescuer: Worker | undefined;

  constructor(world: World, bundle: string, settings: WorkerSettings) {
    this.#world = world;
    this.#start = () => Worker.start(bundle, settings, (id) => void (id && this.#known.add(id)));
  }

  async open(): Promise<void> {
    [this.#rescuer, this.#spare] = [await this.#start(), this.#start()];
  }

  async close(): Promise<void> {
    await this.#rescuer?.kill();
    await (await this.#spare)?.kill();
  }

  async run({ method, point }: Kill): Promise<Aftermath> {
    const user = { tenantId: randomUUID(), objectId: randomUUID() };
    const rescuer = this.#rescuer;
    const worker = await this.#spare;
    if (!worker || !rescuer) throw new Error("The lane is not open.");
    if (method === "deleteUser") await rescuer.run({ method: "getOrCreateUser", user });
    const before = await this.#look(user);

    const isReached = this.#hold(point);
    let isOver = false;
    const ended = worker.run({ method, user }).finally(() => {
      isOver = true;
    });
    const answer = await Promise.race([ended, until(() => isReached() || isOver)]);
    await worker.kill();
    this.#spare = this.#start();
    this.#world.emulator.faults.clear();
    this.#world.space.network?.clearFaults();
    const left = await this.#rest(user);
    const window = answer === "done" ? "call had ended" : windowOf(before, left);

    const repeated = await rescuer.run({ method, user });
    const after = await this.#look(user);
    if (after.mapped !== undefined) this.#known.add(after.mapped);
    const lost = this.#countUnaccounted();
    const violations = [
      ...(answer === undefined || answer === "done" ? [] : [`the call rejected with ${answer} before the kill`]),
      ...(repeated === "done" ? [] : [`the repeated call rejected with ${repeated}`]),
      ...(method === "getOrCreateUser" && !isLive(after.mapped, after) ? ["the user has no live identity"] : []),
      ...(method === "deleteUser" && after.mapped !== undefined ? ["the mapping is still there"] : []),
      ...(lost > (window === "identity created, mapping not written" ? 1 : 0) ? ["an identity was lost"] : []),
    ];
    return { window, unaccounted: lost, violations };
  }

  /** Holds the request at which to kill; returns whether it has come. */
  #hold(point: Kill["point"]): () => boolean {
    if ("afterMs" in point) {
      const end = performance.now() + point.afterMs;
      return () => performance.now() >= end;
    }
    const fault = { after: point.request, times: 1, stage: point.stage, connection: "hang" } as const;
    const { emulator, space } = this.#world;
    const added =
      point.at === "acs" ? emulator.faults.add({ service: "communication", ...fault }) : space.network?.addFault(fault);
    return () => added !== undefined && added.struck > 0;
  }

  async #look(user: UserKey): Promise<Look> {
    return { mapped: await this.#world.mappedId({ key: user }), live: this.#world.live() };
  }

  /** Looks until nothing changes any more: what the worker sent may still be on its way. */
  async #rest(user: UserKey): Promise<Look> {
    for (let before = await this.#look(user); ; ) {
      await setTimeout(20);
      await this.#world.space.network?.settled();
      const now = await this.#look(user);
      if (now.mapped === before.mapped && now.live.size === before.live.size) return now;
      before = now;
    }
  }

  #countUnaccounted(): number {
    const all = [...this.#world.live()].filter((id) => !this.#known.has(id)).length;
    const added = all - this.#unaccounted;
    this.#unaccounted = all;
    return added;
  }
}

async function until(holds: () => boolean): Promise<undefined> {
  while (!holds()) await setTimeout(1);
}
