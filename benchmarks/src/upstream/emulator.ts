import { defaultFixtures, type Emulator, startEmulator, type UserFixture } from "@acs-auth/emulator";
import { expose } from "../processes/expose.js";
import { SERVICES, type UpstreamOperations } from "./upstream.js";

let emulator: Emulator;
let names: readonly string[];

expose({
  async start(userCount, certificates) {
    names = Array.from({ length: userCount }, (_, index) => `bench-${index}`);
    const users = Object.fromEntries(names.map((name, index) => [name, fixture(name, index)]));
    const fixtures = { ...defaultFixtures, users: { ...defaultFixtures.users, ...users } };
    emulator = await startEmulator({ certificates, fixtures, ports: { entra: 0 } });
    const { tenants, applications } = fixtures;
    return {
      entraUrl: emulator.entra.url,
      graphUrl: emulator.graph.url,
      connectionString: emulator.communication.connectionString,
      tenantId: tenants.home.id,
      clientId: applications.api.clientId,
      clientSecret: applications.api.clientSecret,
      teamsClientId: applications.client.clientId,
    };
  },
  users: () =>
    Promise.all(
      names.map(async (user, index) => ({
        objectId: fixture(user, index).objectId,
        accessToken: await emulator.mintToken({ user }),
        teamsUserAadToken: await emulator.mintToken({ user, audience: "teams" }),
      })),
    ),
  setDelays(delays) {
    emulator.faults.clear();
    for (const service of SERVICES) {
      if (delays[service] > 0) emulator.faults.add({ service, delayInMs: delays[service] });
    }
  },
  counts() {
    const count = (service: (typeof SERVICES)[number]) => emulator.requests.count({ service });
    return { entra: count("entra"), graph: count("graph"), communication: count("communication") };
  },
  forgetUsersFrom(index) {
    if (index !== 0) throw new RangeError("The emulator forgets all users or none.");
    emulator.reset();
  },
} satisfies UpstreamOperations);

function fixture(name: string, index: number): UserFixture {
  return {
    objectId: `b1000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    tenant: "home",
    displayName: `Fixture User ${index}`,
    userPrincipalName: `${name}@home.example`,
    email: `${name}@home.example`,
  };
}
