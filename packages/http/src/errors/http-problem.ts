import type { Problem } from "./problem.js";

/** A problem of HTTP itself, which no `AcsAuthError` stands for. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}
