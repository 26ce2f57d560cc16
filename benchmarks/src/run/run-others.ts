import { fileURLToPath } from "node:url";
import type { Growth, GrowthOperations } from "../measure/growth-process.js";
import { measureImports } from "../measure/imports.js";
import { installedSize } from "../measure/size.js";
import { measureStart } from "../measure/startup.js";
import type { VerificationOperations } from "../measure/verification-process.js";
import { RemoteProcess } from "../processes/remote-process.js";
import type { PerContestant, Results } from "../report/results.js";
import { type Figure, figure } from "../report/statistics.js";
import type { Contestant } from "../servers/contestants.js";
import type { Intensity } from "./intensity.js";
import type { RunOptions } from "./run.js";
import type { UpstreamName } from "./scenarios.js";
import { type Surroundings, seed } from "./session.js";

type Others = Pick<Results, "verification" | "startInMs" | "importInMs" | "size" | "growth">;

const FOLDER = fileURLToPath(new URL("..", import.meta.url));

/** What a server of each kind has to install. */
const PACKAGES = {
  reference: [
    "@azure/communication-identity",
    "@azure/msal-node",
    "@microsoft/microsoft-graph-client",
    "express",
    "express-jwt",
    "jwks-rsa",
  ],
  ours: ["@acs-auth/core", "@acs-auth/http", "@acs-auth/store-graph"],
} as const;

const IMPORTED = ["@acs-auth/core", "@azure/communication-identity", "@acs-auth/http", "@acs-auth/store-graph"];
const VERIFIERS = ["reference", "ours", "floor"] as const;
const STARTED: readonly Contestant[] = ["reference", "ours", "floor"];

/** The figures that need no load. */
export async function runOthers(
  { intensity, only, progress }: RunOptions,
  surroundings: (name: UpstreamName) => Promise<Surroundings>,
): Promise<Others> {
  const others: { -readonly [K in keyof Others]: Others[K] } = {};
  if (only.has("verification")) {
    progress("verification alone");
    others.verification = await verification(intensity, await surroundings("stand-in"));
  }
  if (only.has("startup")) {
    progress("start to first answer");
    others.startInMs = await starts(intensity, await surroundings("stand-in"));
  }
  if (only.has("imports")) {
    progress("imports");
    others.importInMs = await measureImports(IMPORTED, FOLDER, intensity.starts);
  }
  if (only.has("size")) {
    others.size = {
      reference: installedSize(PACKAGES.reference, FOLDER),
      ours: installedSize(PACKAGES.ours, FOLDER),
    };
  }
  if (only.has("growth")) {
    others.growth = {
      mappingCache: await growth("mappingCache", intensity, progress),
      memoryStore: await growth("memoryStore", intensity, progress),
      map: await growth("map", intensity, progress),
    };
  }
  return others;
}

async function verification(intensity: Intensity, { settings, residents, caFile }: Surroundings) {
  const { rounds, verificationInMs } = intensity;
  const measure = async (tokens: "one" | "many") => {
    const measured = new Map(VERIFIERS.map((contestant) => [contestant, [] as number[]]));
    for (let round = 0; round < rounds; round++) {
      for (const [contestant, values] of measured) {
        const child = new RemoteProcess<VerificationOperations>("verification", {
          env: { NODE_EXTRA_CA_CERTS: caFile },
        });
        try {
          values.push(await child.call("verify", { contestant, tokens }, settings, [...residents], verificationInMs));
        } finally {
          await child.stop();
        }
      }
    }
    return figures(measured);
  };
  return { one: await measure("one"), many: await measure("many") };
}

async function starts(intensity: Intensity, surroundings: Surroundings): Promise<PerContestant<Figure>> {
  const measured = new Map(STARTED.map((contestant) => [contestant, [] as number[]]));
  for (const contestant of measured.keys()) await seed(contestant, surroundings, intensity);
  for (let round = 0; round < intensity.starts; round++) {
    for (const [contestant, values] of measured) values.push(await measureStart(contestant, surroundings));
  }
  return figures(measured);
}

/** Each in a process that holds nothing else. */
async function growth(
  holder: keyof GrowthOperations,
  { held }: Intensity,
  progress: (text: string) => void,
): Promise<Growth[]> {
  const grown: Growth[] = [];
  for (const users of held) {
    progress(`${users} users held, ${holder}`);
    const child = new RemoteProcess<GrowthOperations>("growth", {
      execArgv: ["--expose-gc", "--max-old-space-size=4096"],
    });
    try {
      grown.push(await child.call(holder, users));
    } finally {
      await child.stop();
    }
  }
  return grown;
}

function figures(measured: ReadonlyMap<Contestant, readonly number[]>): PerContestant<Figure> {
  return Object.fromEntries([...measured].map(([contestant, values]) => [contestant, figure(values)]));
}
