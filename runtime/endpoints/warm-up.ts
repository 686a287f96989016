import type { Category } from "../../contracts/categories";
import { readModelAnswers } from "../../contracts/model-answer";
import { MODEL_INPUT, modelInputCsv } from "../../contracts/model-input";
import type { Variant } from "../../contracts/variants";
import type { ModelEndpoint } from "./model-endpoint";

/**
 * Has a variant's container load a model before stores ask for it: a multi-model container loads on the first request, and
 * whoever sends it waits. Rejects with the reason where the model did not answer.
 */
export interface ModelWarmer {
  warm(variant: Variant, category: Category, version: string): Promise<void>;
}

/**
 * Longest wait, milliseconds. A model of some megabytes is fetched and loaded in about a second; release control has three
 * minutes for a look, and tries again at the next one.
 */
const WARM_UP_MILLISECONDS = 10_000;

/** One row of zeros: the answer says only that the model is loaded and takes rows of this width. */
const ZERO_ROW = modelInputCsv(new Float32Array(MODEL_INPUT.length));

/**
 * Warms by one request. On several instances SageMaker sends a model's requests to one that has it loaded, and loads it on
 * others only under load: https://docs.aws.amazon.com/sagemaker/latest/dg/multi-model-endpoints.html
 */
export class EndpointWarmer implements ModelWarmer {
  public constructor(
    private readonly endpoint: ModelEndpoint,
    private readonly milliseconds = WARM_UP_MILLISECONDS,
  ) {}

  public async warm(variant: Variant, category: Category, version: string): Promise<void> {
    const what = `warming up ${category} ${version} of the ${variant}`;
    const signal = AbortSignal.timeout(this.milliseconds);
    const inferenceId = `warm-up-${category}-${version}`;
    const over = new Promise<never>((_, reject) =>
      signal.addEventListener("abort", () => reject(new Error(`no answer in ${this.milliseconds} ms`))),
    );
    // Never longer, whether the endpoint's client listens to the signal or not.
    const answer = this.endpoint.invoke({ category, variant, version, csv: ZERO_ROW, inferenceId }, signal);
    try {
      const { text, contentType } = await Promise.race([answer, over]);
      const [factor] = readModelAnswers(text, contentType, 1);
      if (!Number.isFinite(factor)) throw new Error(`the answer is ${text.slice(0, 80)}, no number`);
    } catch (error) {
      throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}

/** Where no endpoint is, as on this machine: models are read from their files, so there is no container to warm. */
export const NO_CONTAINERS: ModelWarmer = { warm: () => Promise.resolve() };
