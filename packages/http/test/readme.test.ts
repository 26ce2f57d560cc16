import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

it("every example of the README is one of the compiled files", () => {
  const examples = [...read("../README.md").matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  const files = readdirSync(new URL("readme", import.meta.url)).map((file) => read(`readme/${file}`));
  expect(examples.toSorted()).toEqual(files.toSorted());
});
