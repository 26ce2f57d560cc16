import type { z } from "zod";
import type { Variables } from "./environment.js";

/** The environment is not fit to start with. Repeats no value. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

export function problemsOf(error: z.ZodError | undefined): string[] {
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}`);
}

/** What is wrong if one of two variables is needed, and only one. */
export function oneOfTwoProblems(given: Variables, names: readonly [string, string]): string[] {
  const set = names.filter((name) => given[name] !== undefined);
  if (set.length === 1) return [];
  return [set.length === 0 ? `${names.join(" or ")} is missing` : `${names.join(" and ")} are both set: keep one`];
}
