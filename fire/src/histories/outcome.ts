import { setTimeout } from "node:timers/promises";
import { AcsAuthError, type AcsAuthErrorCode, type AcsAuthService } from "@acs-auth/core";
import type { Call } from "./history.js";
import type { Person } from "./world.js";

/** What a call came to. */
export type Answer =
  | { readonly kind: "identity"; readonly id: string; readonly created: boolean | undefined }
  | { readonly kind: "absent" }
  | { readonly kind: "token"; readonly id: string; readonly token: string }
  | { readonly kind: "revoked" }
  | { readonly kind: "deletion"; readonly deleted: boolean }
  | { readonly kind: "error"; readonly code: AcsAuthErrorCode }
  /** Neither a documented result nor a documented error. */
  | { readonly kind: "surprise"; readonly what: string };

export interface Outcome {
  readonly call: Call;
  readonly answer: Answer;
  readonly durationInMs: number;
}

/** After this a call counts as one that is never answered. */
const PATIENCE_IN_MS = 20_000;

/** Makes a call and waits for what comes of it. */
export async function perform(call: Call, service: AcsAuthService, person: Person): Promise<Outcome> {
  const start = performance.now();
  const answer = await Promise.race([
    answerTo(call, service, person).catch(answerOf),
    setTimeout<Answer>(PATIENCE_IN_MS, { kind: "surprise", what: "no answer" }, { ref: false }),
  ]);
  return { call, answer, durationInMs: performance.now() - start };
}

async function answerTo({ method, abortAfterMs }: Call, service: AcsAuthService, person: Person): Promise<Answer> {
  const { key, teamsToken } = person;
  const options = abortAfterMs === undefined ? {} : { abortSignal: abortSignal(abortAfterMs) };
  switch (method) {
    case "getOrCreateUser": {
      const { communicationUserId: id, created } = await service.getOrCreateUser(key, options);
      return { kind: "identity", id, created };
    }
    case "getUser": {
      const mapping = await service.getUser(key, options);
      if (!mapping) return { kind: "absent" };
      return { kind: "identity", id: mapping.communicationUserId, created: undefined };
    }
    case "issueToken":
    case "issueToken, createIfMissing": {
      const createIfMissing = method !== "issueToken";
      const { token, user } = await service.issueToken(key, { ...options, createIfMissing });
      return { kind: "token", id: user.communicationUserId, token };
    }
    case "revokeTokens":
      await service.revokeTokens(key, options);
      return { kind: "revoked" };
    case "deleteUser":
      return { kind: "deletion", ...(await service.deleteUser(key, options)) };
    case "exchangeTeamsToken": {
      const { token } = await service.exchangeTeamsToken(key, { ...options, teamsUserAadToken: teamsToken });
      return { kind: "token", id: `8:orgid:${key.objectId}`, token };
    }
  }
}

function answerOf(thrown: unknown): Answer {
  if (AcsAuthError.is(thrown)) return { kind: "error", code: thrown.code };
  return { kind: "surprise", what: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
}

function abortSignal(afterMs: number): AbortSignal {
  return afterMs === 0 ? AbortSignal.abort() : AbortSignal.timeout(afterMs);
}
