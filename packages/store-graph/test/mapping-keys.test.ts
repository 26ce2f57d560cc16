import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { appOnly, GraphIdentityStore, type MappingKey, parseMappingKeys } from "../src/index.js";

const access = appOnly({ credential: { getToken: async () => null } });
const newStore = (mappingKeys: readonly MappingKey[]) => new GraphIdentityStore({ access, mappingKeys });
const base64 = (bytes: number) => randomBytes(bytes).toString("base64");

describe("parseMappingKeys", () => {
  it("reads the keys in their order", () => {
    const [first, second] = [randomBytes(32), randomBytes(64)];
    const text = ` 2026-11:${first.toString("base64")} , old_1.a:${second.toString("base64")}\n`;
    expect(parseMappingKeys(text)).toEqual([
      { id: "2026-11", key: Uint8Array.from(first) },
      { id: "old_1.a", key: Uint8Array.from(second) },
    ]);
  });

  it.each([
    ["nothing", undefined],
    ["an empty text", "  "],
    ["a key without id", base64(32)],
    ["an empty id", `:${base64(32)}`],
    ["a short key", `a:${base64(31)}`],
    ["a key that is not base64", `a:${"§".repeat(50)}`],
    ["a third part", `a:${base64(32)}:b`],
    ["an id with a space", `a b:${base64(32)}`],
    ["an id of 65 characters", `${"a".repeat(65)}:${base64(32)}`],
    ["the same id twice", `a:${base64(32)},a:${base64(32)}`],
    ["an empty entry", `a:${base64(32)},`],
  ])("refuses %s and repeats none of it", (_, text) => {
    const thrown = catchError(() => parseMappingKeys(text));
    expect(thrown).toBeInstanceOf(TypeError);
    for (const part of text?.split(/[:,]/).filter((part) => part.trim().length > 20) ?? []) {
      expect(thrown.message).not.toContain(part);
    }
  });
});

describe("the option mappingKeys", () => {
  it.each<[string, readonly MappingKey[]]>([
    ["no key at all", []],
    ["a short key", [{ id: "a", key: randomBytes(31) }]],
    [
      "the same id twice",
      [
        { id: "a", key: randomBytes(32) },
        { id: "a", key: randomBytes(32) },
      ],
    ],
    ["an empty id", [{ id: "", key: randomBytes(32) }]],
  ])("refuses %s", (_, keys) => {
    expect(() => newStore(keys)).toThrow(TypeError);
  });
});

function catchError(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  return expect.fail("nothing was thrown");
}
