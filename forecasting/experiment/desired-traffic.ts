import { CLOSED_PHASES, type LiveSplit } from "../../contracts/experiment";
import type { Variant } from "../../contracts/variants";
import type { CategoryState, Experiment } from "./experiment";

/** Whole percents: SageMaker keeps 32-bit floats. */
const WHOLE = 100;

export type Weights = Readonly<Record<Variant, number>>;

/**
 * Weights of the endpoint that all categories share: they are for callers that pin no variant. While any category goes back,
 * nobody is sent to the challenger's instances that does not ask for them.
 *
 * @returns undefined where no category ever had an experiment: the weights are then the program's
 */
export function desiredWeights(states: readonly CategoryState[]): Weights | undefined {
  const experiments = states.flatMap(({ experiment }) => (experiment ? [experiment] : []));
  if (experiments.length === 0) return undefined;
  const isGoingBack = experiments.some(({ phase }) => phase === "ROLLING_BACK");
  const share = isGoingBack ? 0 : Math.max(...experiments.map((experiment) => experiment.share));
  const challenger = Math.round(WHOLE * share);
  return { champion: WHOLE - challenger, challenger };
}

/**
 * Which version each variant's pointer of the category names; undefined is left as it is. A closed experiment wants nothing
 * any more: others may move the pointers after it.
 */
export function desiredPointers(experiment: Experiment): Partial<Record<Variant, string>> {
  const { phase, plan, promotionStep, championVersion, challengerVersion } = experiment;
  switch (phase) {
    case "ROLLING_BACK":
      // The champion's was never moved before the last step; a promotion that went back there moves it back.
      return { champion: championVersion, challenger: championVersion };
    case "CLOSED_INCONCLUSIVE":
      return { challenger: championVersion };
    case "ROLLED_BACK":
    case "PROMOTED":
      return {};
    case "PROMOTING":
      return promotionStep > plan.promotionShares.length
        ? { champion: challengerVersion, challenger: challengerVersion }
        : { challenger: challengerVersion };
    default:
      return { challenger: challengerVersion };
  }
}

/** What the routers follow: nothing for an experiment that serves nobody, so that every store gets the champion. */
export function splitOf({ experiment }: CategoryState): LiveSplit | undefined {
  if (!experiment || experiment.share === 0 || CLOSED_PHASES.includes(experiment.phase)) return undefined;
  const { id, category, championVersion, challengerVersion, share } = experiment;
  return { experimentId: id, category, championVersion, challengerVersion, challengerShare: share };
}
