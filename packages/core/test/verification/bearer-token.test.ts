import { describe, expect, it } from "vitest";
import { AcsAuthError, getBearerToken } from "../../src/index.js";

describe("getBearerToken", () => {
  it.each(["Bearer", "bearer", "BEARER", "bEaReR"])("reads a token after %s", (scheme) => {
    expect(getBearerToken(`${scheme} abc.DEF-_~+/123==`)).toBe("abc.DEF-_~+/123==");
  });

  it("reads a token after several spaces", () => {
    expect(getBearerToken("Bearer   abc")).toBe("abc");
  });

  it.each<readonly [string, string | null | undefined, string, string | undefined]>([
    ["no header", undefined, "missing_token", undefined],
    ["null", null, "missing_token", undefined],
    ["an empty header", "", "missing_token", undefined],
    ["another scheme", "Basic dXNlcjpwYXNz", "invalid_token", "unsupported_scheme"],
    ["a token without a scheme", "abc.def.ghi", "invalid_token", "unsupported_scheme"],
    ["a scheme that begins alike", "BearerX abc", "invalid_token", "unsupported_scheme"],
    ["a leading space", " Bearer abc", "invalid_token", "unsupported_scheme"],
    ["the scheme alone", "Bearer", "invalid_token", "malformed_authorization"],
    ["an empty token", "Bearer ", "invalid_token", "malformed_authorization"],
    ["a trailing space", "Bearer abc ", "invalid_token", "malformed_authorization"],
    ["a tab", "Bearer\tabc", "invalid_token", "unsupported_scheme"],
    ["two tokens", "Bearer abc def", "invalid_token", "multiple_tokens"],
    ["two credentials", "Bearer abc, Bearer def", "invalid_token", "multiple_tokens"],
    ["a comma", "Bearer abc,def", "invalid_token", "multiple_tokens"],
    ["a quoted token", 'Bearer "abc"', "invalid_token", "malformed_authorization"],
    ["a line break", "Bearer abc\r\nX-Header:1", "invalid_token", "malformed_authorization"],
    ["a trailing line break", "Bearer abc\n", "invalid_token", "malformed_authorization"],
    ["padding inside", "Bearer a=bc", "invalid_token", "malformed_authorization"],
    ["letters beyond ASCII", "Bearer äbc", "invalid_token", "malformed_authorization"],
    ["an oversized header", `Bearer ${"a".repeat(64 * 1024)}`, "invalid_token", "too_large"],
  ])("refuses %s", (_name, header, code, reason) => {
    let refusal: unknown;
    try {
      getBearerToken(header);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(AcsAuthError);
    expect(refusal).toMatchObject({ code, reason, statusCode: 401 });
  });
});
