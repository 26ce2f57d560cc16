const verification = (name) => `packages/core/src/verification/${name}.ts`;
const verifiedTokens = "packages/core/test/verification/verified-tokens.test.ts";
const badTokens = "packages/core/test/verification/entra-bad-tokens.test.ts";

export const verificationControls = [
  {
    guarantee: "verifier: audience",
    file: verification("token/claims"),
    find: 'throw invalidToken("audience_mismatch");',
    replace: "return;",
    test: badTokens,
  },
  {
    guarantee: "verifier: issuer",
    file: verification("entra/entra-authority"),
    find: 'throw invalidToken("issuer_mismatch");\n    return tenantId;',
    replace: "{}\n    return tenantId;",
    test: badTokens,
  },
  {
    guarantee: "verifier: tenant",
    file: verification("entra/tenant-policy"),
    find: 'if (this.#listed && !this.#listed.has(tenantId)) throw invalidToken("tenant_not_allowed");',
    replace: "",
    test: badTokens,
  },
  {
    guarantee: "verifier: signature",
    file: verification("token/verify-signature"),
    find: 'if (!hasSigned) throw invalidToken("invalid_signature");',
    replace: "",
    test: badTokens,
  },
  {
    guarantee: "verifier: only byte-identical tokens are taken for verified",
    file: verification("keys/signing-key"),
    find: "VerifiedTokens.fingerprint(token)",
    replace: 'VerifiedTokens.fingerprint(token.split(".").slice(0, 2).join("."))',
    test: verifiedTokens,
  },
  {
    guarantee: "verifier: what a key has verified ends with the key",
    file: verification("keys/signing-key"),
    find: "readonly #verified = new VerifiedTokens();",
    replace: "readonly #verified = (globalThis.verifiedForEver ??= new VerifiedTokens());",
    test: verifiedTokens,
  },
  {
    guarantee: "verifier: a signature is verified once",
    file: verification("keys/signing-key"),
    find: "if (this.#verified.has(fingerprint)) return true;",
    replace: "",
    test: verifiedTokens,
  },
  {
    guarantee: "verifier: verified tokens are bounded",
    file: verification("keys/verified-tokens"),
    find: "new LRUCache({ max: MAX_TOKENS })",
    replace: "new LRUCache({ max: 10 * MAX_TOKENS })",
    test: verifiedTokens,
  },
  {
    guarantee: "verifier: the signing key's own issuer",
    file: verification("token/verify-signature"),
    find: "if (key.issuer !== undefined) checkKeyIssuer?.(key.issuer);",
    replace: "",
    test: "packages/core/test/verification",
  },
  {
    guarantee: "verifier: lifetime",
    file: verification("token/claims"),
    find: 'throw invalidToken("expired");',
    replace: "{}",
    test: badTokens,
  },
  {
    guarantee: "verifier: scopes, so that app-only tokens are refused",
    file: verification("token/scopes"),
    find: 'throw insufficientScope("missing_scope", required);',
    replace: "return;",
    test: badTokens,
  },
  {
    guarantee: "verifier: one key fetch per cool-down",
    file: verification("keys/key-source"),
    find: "this.#nextUnknownKeyFetchAt = now + this.#settings.cooldownInMs;",
    replace: "",
    test: "packages/core/test/verification/key-flood.test.ts",
  },
  {
    guarantee: "verifier: old keys are used while the key server is down",
    file: verification("keys/key-source"),
    find: "const renewal = this.#fetch().catch(() => current.keys);",
    replace: "const renewal = this.#fetch();",
    test: "packages/core/test/verification/key-server-faults.test.ts",
  },
];
