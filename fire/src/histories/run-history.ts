import { setTimeout } from "node:timers/promises";
import { undocumented } from "./documented-answers.js";
import { type Call, type History, type Step, withoutRacingDeletions } from "./history.js";
import { type Outcome, perform } from "./outcome.js";
import { Servers } from "./servers.js";
import { TokenModel } from "./token-model.js";
import { UserModel } from "./user-model.js";
import { lostIdentities, type Person, type World } from "./world.js";

/** What a history came to. */
export interface Course {
  readonly violations: readonly string[];
  readonly outcomes: readonly Outcome[];
  /** How many remote calls were struck by a fault. */
  readonly struck: number;
  readonly orphansReported: number;
}

/** How long cleaning up after calls that have ended may take. */
const CLEANUP_IN_MS = 10_000;

interface Participant {
  readonly person: Person;
  readonly model: UserModel;
  readonly tokens: TokenModel;
}

/** Lets a history take place and compares every step of it with the model. */
export async function runHistory(history: History, world: World): Promise<Course> {
  await world.clear();
  const servers = new Servers(world, history.reusesTokens);
  const participants = world.people.map((person) => ({ person, model: new UserModel(), tokens: new TokenModel() }));
  const violations: string[] = [];
  const outcomes: Outcome[] = [];
  for (const [n, planned] of history.steps.entries()) {
    const step = world.space.truth.capabilities.conditionalRemove ? planned : withoutRacingDeletions(planned);
    const taken = await take(step, servers, world);
    outcomes.push(...taken);
    const found = taken.flatMap((outcome) => undocumented(outcome, step.faults));
    for (const [index, participant] of participants.entries()) {
      const own = taken.filter(({ call }) => call.user === index);
      found.push(...(await compare(world, participant, own)));
    }
    violations.push(...found.map((what) => `step ${n + 1}: ${what}`));
  }
  violations.push(...(await bringToAnEnd(history, servers, world, participants)));
  return { violations, outcomes, struck: servers.struck, orphansReported: servers.orphans.length };
}

async function take({ calls, faults }: Step, servers: Servers, world: World): Promise<Outcome[]> {
  for (const fault of faults) servers.break(fault);
  const outcomes = await Promise.all(
    calls.map((call) => perform(call, servers.service(call.instance), personOf(world, call))),
  );
  await servers.rest(outcomes);
  return outcomes;
}

async function compare(
  world: World,
  { person, model, tokens }: Participant,
  own: readonly Outcome[],
): Promise<string[]> {
  const truth = { mapped: await world.mappedId(person), live: world.live() };
  return [...model.check(own, truth), ...(await tokens.check(world.emulator, own))];
}

/** With the faults gone every user's last call succeeds, the books balance, and whoever is mapped can be deleted. */
async function bringToAnEnd(
  history: History,
  servers: Servers,
  world: World,
  participants: readonly Participant[],
): Promise<string[]> {
  const service = servers.patientService();
  const found: string[] = [];
  const last = new Map(history.steps.flatMap(({ calls }) => calls).map((call) => [call.user, call]));
  for (const { user, instance, method } of last.values()) {
    const participant = participants[user];
    if (!participant) continue;
    const { model, person } = participant;
    const isGone = model.mapped !== undefined && !world.live().has(model.mapped);
    const outcome = await perform({ user, instance, method }, service, person);
    if (outcome.answer.kind === "error" && outcome.answer.code !== refusal(method, model.mapped, isGone)) {
      found.push(`${method} rejects with ${outcome.answer.code} although nothing is wrong any more`);
    }
    found.push(...undocumented(outcome, []), ...(await compare(world, participant, [outcome])));
  }
  if (!(await eventually(async () => (await lostIdentities(world, servers.orphans)) === 0))) {
    found.push("an identity was lost: it exists, nothing maps to it, and nobody was told");
  }
  for (const participant of participants) {
    const call = { user: world.people.indexOf(participant.person), instance: 0, method: "deleteUser" } as const;
    const outcome = await perform(call, service, participant.person);
    if (outcome.answer.kind === "error") found.push(`deleteUser rejects with ${outcome.answer.code} at the end`);
    found.push(...(await compare(world, participant, [outcome])));
  }
  return found.map((what) => `at the end: ${what}`);
}

/** The one error that a call deserves when nothing is wrong. */
function refusal(method: Call["method"], mapped: string | undefined, isGone: boolean): string | undefined {
  if (method === "revokeTokens" || method.startsWith("issueToken")) {
    if (isGone) return "identity_deleted";
    if (mapped === undefined && method !== "issueToken, createIfMissing") return "identity_not_found";
  }
  return undefined;
}

async function eventually(holds: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + CLEANUP_IN_MS;
  while (!(await holds())) {
    if (performance.now() > end) return false;
    await setTimeout(50);
  }
  return true;
}

function personOf({ people }: World, { user }: Call): Person {
  const person = people[user];
  if (!person) throw new Error(`There is no user ${user}.`);
  return person;
}
