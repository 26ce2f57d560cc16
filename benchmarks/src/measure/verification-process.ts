import { EntraTokenVerifier } from "@acs-auth/core";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { checkToken } from "../../reference/authentication.js";
import { expose } from "../processes/expose.js";
import type { BenchUser, Settings } from "../upstream/upstream.js";

/** Which contestant's verification, and whether it is always the same token or each user's in turn. */
export interface VerificationCase {
  readonly contestant: "reference" | "ours" | "floor";
  readonly tokens: "one" | "many";
}

export type VerificationOperations = {
  /** @returns verified tokens per second of CPU. */
  verify(testCase: VerificationCase, settings: Settings, users: BenchUser[], cpuInMs: number): Promise<number>;
};

type Verify = (token: string) => Promise<unknown>;

const WARM_UP_ROUNDS = 3_000;
/** As many at once as a busy server has: one by one, the hand-over to the threads that compute would be measured. */
const BATCH = 50;

expose({
  async verify({ contestant, tokens }, settings, users, cpuInMs) {
    const verify = VERIFIERS[contestant](settings);
    const texts = (tokens === "one" ? users.slice(0, 1) : users).map(({ accessToken }) => accessToken);
    for (let round = 0; round < WARM_UP_ROUNDS; round++) await verify(texts[round % texts.length] ?? "");
    let verified = 0;
    const start = process.cpuUsage();
    const used = () => {
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    while (used() < cpuInMs) {
      await Promise.all(Array.from({ length: BATCH }, () => verify(texts[verified++ % texts.length] ?? "")));
    }
    return (verified / used()) * 1000;
  },
} satisfies VerificationOperations);

const VERIFIERS: Readonly<Record<VerificationCase["contestant"], (settings: Settings) => Verify>> = {
  ours({ clientId, tenantId, entraUrl }) {
    const verifier = new EntraTokenVerifier({ clientId, tenantId, authorityHost: entraUrl });
    return (token) => verifier.verify(token);
  },
  reference({ entraUrl, tenantId }) {
    const middleware = checkToken(`${entraUrl}/${tenantId}/discovery/keys`);
    return (token) =>
      new Promise((resolve, reject) => {
        const request = { method: "GET", headers: { authorization: `Bearer ${token}` } };
        Reflect.apply(middleware, undefined, [
          request,
          {},
          (error: unknown) => (error ? reject(error) : resolve(request)),
        ]);
      });
  },
  floor({ entraUrl, tenantId, clientId }) {
    const keys = createRemoteJWKSet(new URL(`${entraUrl}/${tenantId}/discovery/v2.0/keys`));
    const issuer = `https://login.microsoftonline.com/${tenantId}/v2.0`;
    return (token) => jwtVerify(token, keys, { algorithms: ["RS256"], audience: clientId, issuer });
  },
};
