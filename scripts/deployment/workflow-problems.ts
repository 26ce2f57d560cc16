import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly "timeout-minutes"?: unknown;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What a run may do to the repository and in its name. */
const WRITES: Readonly<Record<string, string>> = {
  "codeql.yml analyze": "security-events: write",
  "release.yml version": "contents: write, pull-requests: write",
  "release.yml publish": "id-token: write",
  "release.yml release": "contents: write",
};

const PINNED = / uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

/** What of a pull request, a title or a branch's name could be a command. */
const CHOSEN_BY_OTHERS = /\$\{\{[^}]*\b(?:github\.(?:event|head_ref|ref_name)|inputs)\b/;

export function workflowProblems(file: string, text: string): string[] {
  const workflow: Workflow = parse(text);
  const jobs = Object.entries(workflow.jobs);
  return [
    ...(text.match(/^.*\buses: .*$/gm) ?? [])
      .filter((line) => !PINNED.test(line))
      .map((line) => `${line.replace(/^.*uses: /, "")} is not pinned to the commit of a version`),
    ...(JSON.stringify(workflow.permissions) === "{}" ? [] : ["all jobs are given permissions"]),
    ...(/\bpull_request_target\b|\bworkflow_run\b/.test(text)
      ? ["strangers' code meets the repository's secrets"]
      : []),
    ...jobs.flatMap(([name, job]) => jobProblems(`${file} ${name}`, job).map((problem) => `${name}: ${problem}`)),
  ];
}

function jobProblems(id: string, { permissions, steps, "timeout-minutes": timeout }: Job): string[] {
  const writes = writesOf(permissions);
  return [
    ...(writes === (WRITES[id] ?? "")
      ? []
      : [`is given ${writes || "nothing"} to write, and needs ${WRITES[id] ?? "nothing"}`]),
    ...(typeof timeout === "number" ? [] : ["has no timeout"]),
    ...steps.flatMap(({ uses = "", run = "", with: parameters }) => [
      ...(uses.startsWith("actions/checkout@") && parameters?.["persist-credentials"] !== false
        ? ["leaves a token in the checkout"]
        : []),
      ...(CHOSEN_BY_OTHERS.test(run) ? ["runs a text that others choose"] : []),
    ]),
    ...(writes.includes("id-token") && steps.some(bringsCode) ? ["runs other code where it may publish"] : []),
  ];
}

function writesOf(permissions: unknown): string {
  // `write-all` and `read-all`, and GitHub's default.
  if (typeof permissions !== "object" || permissions === null) return "all scopes";
  return Object.entries(permissions)
    .filter(([, access]) => access !== "read")
    .map(([scope, access]) => `${scope}: ${access}`)
    .join(", ");
}

const bringsCode = ({ uses = "", run = "" }: Step) =>
  uses.startsWith("actions/checkout@") || /\b(?:install|npx|exec)\b/.test(run);
