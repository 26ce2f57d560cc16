import { useState } from "react";
import type { Log } from "../activity.js";
import type { ActionButtonProps } from "../components/action-button.js";
import { type Problem, problemOf } from "../problems/problem.js";

/** What a person has set going, one thing at a time, and what went wrong with it. */
export interface Work {
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  run(action: () => Promise<void>): Promise<void>;
  /** Reports what went wrong by itself. */
  fail(error: unknown): void;
  clear(): void;
}

export function useWork(log: Log = () => {}): Work {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const fail = (error: unknown) => {
    const found = problemOf(error);
    setProblem(found);
    log(`${found.title}.`, found.signIn ? "neutral" : "bad");
  };
  const clear = () => setProblem(undefined);
  const run = async (action: () => Promise<void>) => {
    setIsBusy(true);
    clear();
    try {
      await action();
    } catch (error) {
      fail(error);
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, problem, run, fail, clear };
}

/** The main action, unless the sign-in page comes first. */
export function lookOf({ problem }: Work): ActionButtonProps["look"] {
  return problem?.signIn ? undefined : "primary";
}
