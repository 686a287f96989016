import { CATEGORIES, type Category } from "../../contracts/categories";
import { readModelAnswers } from "../../contracts/model-answer";
import { MODEL_INPUT_NAMES } from "../../contracts/model-input";
import type { ModelEndpoint } from "../../runtime/endpoints/model-endpoint";
import type { ModelPointers } from "../../runtime/stores/model-pointers";

/** What a deployed environment is asked through. */
export interface SmokeTestPorts {
  readonly endpoint: ModelEndpoint;
  readonly pointers: ModelPointers;
}

export interface SmokeTestLine {
  readonly category: Category;
  readonly isWell: boolean;
  /** The factor on the baseline that the live model answered, or why there is none. */
  readonly detail: string;
}

/** A serverless endpoint that nobody has called for a while starts a container first. */
const TIMEOUT_MILLISECONDS = 60_000;

/**
 * One forecast of every category from the live champion: a row whose every feature is missing, which each model must
 * answer with a factor, the bootstrap model with 1.
 */
export async function smokeTest({ endpoint, pointers }: SmokeTestPorts): Promise<SmokeTestLine[]> {
  const live = await pointers.readAll();
  return Promise.all(
    CATEGORIES.map(async (category): Promise<SmokeTestLine> => {
      const version = live.champion[category];
      if (version === undefined) return { category, isWell: false, detail: "no live version is named" };
      try {
        const factor = await ask(endpoint, category, version);
        const isWell = Number.isFinite(factor) && factor >= 0;
        return { category, isWell, detail: `${version} answers ${factor}` };
      } catch (error) {
        return { category, isWell: false, detail: `${version}: ${(error as Error).message}` };
      }
    }),
  );
}

async function ask(endpoint: ModelEndpoint, category: Category, version: string): Promise<number> {
  const csv = MODEL_INPUT_NAMES.map(() => "").join(",");
  const invocation = {
    category,
    variant: "champion",
    version,
    csv,
    inferenceId: `deploy-${category}`,
  } as const;
  const { text, contentType } = await endpoint.invoke(invocation, AbortSignal.timeout(TIMEOUT_MILLISECONDS));
  return readModelAnswers(text, contentType, 1)[0] ?? NaN;
}
