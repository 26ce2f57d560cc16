import { type Place, writeTime } from "../snapshot/place.js";
import type { EntraContext } from "./context.js";
import { exportKeys, readKeys, type SigningKeySnapshot } from "./key-snapshot.js";
import type { ConsentReference } from "./policies/consents.js";
import type { MultiFactorSnapshot } from "./policies/multi-factor.js";
import { sealingKeyLength } from "./sealed-tokens.js";

/** What the emulated Entra ID needs to go on where it was: tokens, codes and sessions stay valid. */
export interface EntraSnapshot {
  readonly signingKeys: readonly SigningKeySnapshot[];
  /** Seals authorization codes, refresh tokens and browser sessions; base64. */
  readonly sealingKey: string;
  readonly redeemedCodes: readonly { readonly id: string; readonly expiresOn: string }[];
  readonly consents: readonly Required<ConsentReference>[];
  readonly multiFactor: readonly MultiFactorSnapshot[];
  /** Users whose sessions were revoked, and how often. */
  readonly revokedSessions: readonly { readonly user: string; readonly times: number }[];
}

export async function exportEntra(context: EntraContext): Promise<EntraSnapshot> {
  const { directory, keys, sealedTokens, redeemedCodes, consents, multiFactor, sessions } = context;
  const signingKeys = exportKeys(keys);
  const snapshot = {
    sealingKey: Buffer.from(sealedTokens.key).toString("base64"),
    redeemedCodes: redeemedCodes.entries().map(([id, expiresAt]) => ({ id, expiresOn: writeTime(expiresAt * 1000) })),
    consents: consents.state(),
    multiFactor: multiFactor.export(),
    revokedSessions: directory.users
      .map((user) => ({ user: user.name, times: sessions.generation(user) }))
      .filter(({ times }) => times > 0),
  };
  return { signingKeys: await signingKeys, ...snapshot };
}

/** @returns what puts the snapshot in the place of the present state. @throws TypeError that names what does not fit. */
export async function readEntra(place: Place, context: EntraContext): Promise<() => void> {
  const { directory, keys, sealedTokens, redeemedCodes, consents, multiFactor, sessions } = context;
  const member = place.members(
    "signingKeys",
    "sealingKey",
    "redeemedCodes",
    "consents",
    "multiFactor",
    "revokedSessions",
  );
  const replaceKeys = await readKeys(member("signingKeys"), keys);
  const sealingKey = readSealingKey(member("sealingKey"));
  const codes = member("redeemedCodes").items().map(readRedeemedCode);
  const user = (name: Place) => name.resolve((text) => directory.user(text));
  const application = (name: Place) => name.resolve((text) => directory.application(text));
  const resource = (name: Place) => name.resolve((text) => directory.resource(text));
  const changedConsents = member("consents")
    .items()
    .map((consent) => {
      const of = consent.members("user", "application", "resource", "scopes");
      return {
        user: user(of("user")).name,
        application: application(of("application")).name,
        resource: resource(of("resource")).name,
        scopes: of("scopes").texts(),
      };
    });
  const policies = member("multiFactor")
    .items()
    .map((policy) => {
      const of = policy.members("id", "user", "resource", "number", "error");
      const [number, error] = [of("number"), of("error")];
      return {
        id: of("id").text(),
        user: user(of("user")).name,
        resource: resource(of("resource")).name,
        ...(number.isPresent && { number: number.oneOf(50076, 50079) }),
        ...(error.isPresent && { error: error.oneOf("interaction_required", "invalid_grant") }),
      };
    });
  const revocations = member("revokedSessions")
    .items()
    .map((revoked) => {
      const of = revoked.members("user", "times");
      return { user: user(of("user")), times: of("times").wholeNumber() };
    });
  return () => {
    replaceKeys();
    sealedTokens.replaceKey(sealingKey);
    redeemedCodes.restore(codes);
    consents.restore(changedConsents);
    multiFactor.restore(policies);
    sessions.restore(revocations);
  };
}

function readSealingKey(place: Place): Uint8Array {
  const key = Buffer.from(place.text(), "base64");
  if (key.length !== sealingKeyLength) throw place.error(`must be ${sealingKeyLength} bytes in base64.`);
  return key;
}

function readRedeemedCode(place: Place): readonly [id: string, expiresAt: number] {
  const of = place.members("id", "expiresOn");
  return [of("id").text(), of("expiresOn").time() / 1000];
}
