import { inspect } from "node:util";
import { AcsAuthError } from "../../../src/index.js";

/** What a verifier answers to a token that is not the genuine one. */
const CODES = new Set(["missing_token", "invalid_token", "insufficient_scope", "invalid_teams_token"]);

/** The pieces of a text that must not be repeated in an error. */
const PIECE_LENGTH = 16;

/** `refused` if it was, with a stable code and a reason, and without repeating the token; else what went wrong. */
export async function outcomeOf(verification: Promise<unknown>, token: string): Promise<string> {
  const error: unknown = await verification.then(
    () => undefined,
    (thrown: unknown) => thrown ?? "nothing",
  );
  if (error === undefined) return "accepted";
  if (!AcsAuthError.is(error) || !CODES.has(error.code)) return `failed: ${inspect(error)}`;
  if (error.code !== "missing_token" && !/^[a-z_]+$/.test(error.reason ?? "")) return "refused without a reason";
  const shown = `${error.message} ${error.stack} ${JSON.stringify(error)} ${inspect(error, { depth: null, showHidden: true })}`;
  const repeated = pieces(token).find((piece) => shown.includes(piece));
  return repeated === undefined ? "refused" : `repeated ${repeated}`;
}

function pieces(token: string): string[] {
  return token.split(".").flatMap((part) => part.match(new RegExp(`.{${PIECE_LENGTH}}`, "gs")) ?? []);
}
