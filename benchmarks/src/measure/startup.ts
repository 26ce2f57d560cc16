import { stepsOf } from "../run/scenarios.js";
import type { Surroundings } from "../run/session.js";
import { type Contestant, startServer } from "../servers/contestants.js";

/** The time from starting a contestant's process until a known user has the first token, in milliseconds. */
export async function measureStart(contestant: Contestant, surroundings: Surroundings): Promise<number> {
  const { load, residents, settings, caFile } = surroundings;
  const start = performance.now();
  const server = await startServer(contestant, settings, caFile);
  try {
    const users = residents.slice(0, 1);
    const { failures } = await load.call("once", {
      url: server.url,
      connections: 1,
      users,
      steps: stepsOf(contestant, "warm"),
    });
    if (Object.keys(failures).length > 0) throw new Error(`The first answer of ${contestant} was no token.`);
    return performance.now() - start;
  } finally {
    await server.stop();
  }
}
