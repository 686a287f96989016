import type { components } from "./api-types";

export type ProblemDocument = components["schemas"]["Problem"];

/** A fault that the API has answered. */
export class ApiProblem extends Error {
  public override readonly name = "ApiProblem";
  /** As the API described it; undefined when something between here and there answered. */
  public readonly problem: ProblemDocument | undefined;

  public constructor(
    public readonly status: number,
    answer: unknown,
  ) {
    const problem = isProblem(answer) ? answer : undefined;
    super(problem ? `${problem.title}: ${problem.detail}` : `the API answered ${status}`);
    this.problem = problem;
  }

  /** `unknown-store` of `urn:smartretail:problem:unknown-store`. */
  public get kind(): string | undefined {
    return this.problem?.type.split(":").at(-1);
  }
}

function isProblem(answer: unknown): answer is ProblemDocument {
  return typeof answer === "object" && answer !== null && "type" in answer && "detail" in answer;
}
