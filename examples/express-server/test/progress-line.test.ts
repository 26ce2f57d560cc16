import { expect, it } from "vitest";
import { ProgressLine } from "../src/migration/progress-line.js";

const progress = (read: number) => ({
  read,
  copied: read,
  alreadyThere: 0,
  removedMeanwhile: 0,
  problems: [],
  continuationToken: "next",
});

function shown(isTTY: boolean): string {
  let written = "";
  const line = new ProgressLine({ isTTY, write: (text: string) => (written += text) });
  line.show(progress(1));
  line.show(progress(2));
  line.end();
  line.end();
  return written;
}

it("progress is one line that changes on a terminal, and a line per step elsewhere", () => {
  const [one, two] = [1, 2].map((n) => `${n} read: ${n} copied, 0 there already, 0 problems`);
  expect(shown(true)).toBe(`\r\u001b[K${one}\r\u001b[K${two}\n`);
  expect(shown(false)).toBe(`${one}\n${two}\n`);
});
