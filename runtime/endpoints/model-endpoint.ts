import type { Category } from "../../contracts/categories";
import type { Variant } from "../../contracts/variants";

export interface Invocation {
  readonly category: Category;
  readonly variant: Variant;
  readonly version: string;
  /** Lines of the model's input without one at the end: the container reads a last newline as a row. */
  readonly csv: string;
  /** At most 64 characters; SageMaker writes it beside captured requests. */
  readonly inferenceId: string;
}

export interface ModelAnswer {
  readonly text: string;
  readonly contentType: string;
}

/** A model's answers at an endpoint: readModelAnswers understands them. */
export interface ModelEndpoint {
  invoke(invocation: Invocation, signal: AbortSignal): Promise<ModelAnswer>;
}
