import type { Fault } from "../../../../src/server/faults.js";

const textMembers = ["service", "method", "path", "stage", "connection", "code", "body"] as const;
const numberMembers = ["after", "times", "delayInMs", "status", "retryAfterInSeconds"] as const;

export type DraftMember = (typeof textMembers)[number] | (typeof numberMembers)[number];

/** A fault as it stands in the form: every member a text, empty if it is left out. */
export type Draft = Readonly<Record<DraftMember, string>>;

/** What the form sends; the emulator checks it. */
export function faultOf(draft: Draft): Readonly<Record<string, string | number>> {
  const texts = textMembers.map((name) => [name, draft[name]] as const);
  const numbers = numberMembers.map((name) => [name, draft[name] && Number(draft[name])] as const);
  return Object.fromEntries([...texts, ...numbers].filter(([, value]) => value !== ""));
}

/** Puts what a fault does in the form, and leaves which requests it strikes. */
export function withEffect(draft: Draft, fault: Fault): Draft {
  const { service, method, path, after, times } = draft;
  return { ...draftOf(fault), service, method, path, after, times };
}

export function draftOf(fault: Fault): Draft {
  const text = (name: DraftMember) => String(fault[name] ?? "");
  return {
    service: text("service"),
    method: text("method"),
    path: text("path"),
    after: text("after"),
    times: text("times"),
    delayInMs: text("delayInMs"),
    stage: text("stage"),
    status: text("status"),
    code: text("code"),
    body: text("body"),
    retryAfterInSeconds: text("retryAfterInSeconds"),
    connection: text("connection"),
  };
}
