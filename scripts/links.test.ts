import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { remark } from "remark";
import remarkValidateLinks from "remark-validate-links";
import { afterAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
/** As GitHub does: `#readme` is the top of a document, and a folder shows the README in it. */
const urlConfig = { headingPrefix: "#", topAnchor: "#readme", lines: true };

/** Folders of what is installed or generated. */
const LEFT_OUT = new Set(["node_modules", "dist", "coverage", "test-results", ".git", ".next", ".acs-auth-emulator"]);

function documentsIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : documentsIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

type Document = Awaited<ReturnType<ReturnType<typeof remark>["process"]>>;

/**
 * Every relative link and anchor of the documents that leads nowhere. The plugin compares documents with one another when
 * it is given a set of them, as by its command line.
 */
async function brokenLinks(folder: string, paths: readonly string[]): Promise<string[]> {
  const documents: Document[] = [];
  const completers: ((documents: { valueOf(): Document[] }) => Promise<void>)[] = [];
  const set = {
    use: (completer: (typeof completers)[number]) => completers.push(completer),
    /** What a link leads to: all documents are in the set already, and other files have no headings. */
    add: () => {},
  };
  const settings = { repository: false, root: folder, urlConfig };
  const processor = remark().use([[remarkValidateLinks, settings, set]]);
  for (const path of paths) {
    documents.push(await processor.process({ cwd: folder, path, value: readFileSync(join(folder, path)) }));
  }
  for (const complete of completers) await complete({ valueOf: () => documents });
  return documents.flatMap(({ path, messages }) => messages.map(({ line, reason }) => `${path}:${line} ${reason}`));
}

describe("links in documents", () => {
  const folder = mkdtempSync(join(tmpdir(), "links-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("those that lead nowhere are told", async () => {
    mkdirSync(join(folder, "sub"));
    writeFileSync(
      join(folder, "a.md"),
      "# Top\n\n[1](#top) [2](#bottom) [3](sub#inside) [4][four]\n\n[four]: gone.ts\n",
    );
    writeFileSync(join(folder, "sub/README.md"), "# Inside\n\n[5](../a.md#top) [6](../a.md#readme) [7](../a.md#end)\n");
    expect(await brokenLinks(folder, ["a.md", "sub/README.md"])).toEqual([
      "a.md:3 Cannot find heading for `#bottom`",
      expect.stringContaining("a.md:5 Cannot find file `gone.ts`"),
      expect.stringContaining("sub/README.md:3 Cannot find heading for `#end` in `../a.md`"),
    ]);
  });

  it("there are none in this repository", async () => {
    const paths = documentsIn("");
    expect(paths).toContain("README.md");
    expect(await brokenLinks(root, paths)).toEqual([]);
  }, 120_000);
});
