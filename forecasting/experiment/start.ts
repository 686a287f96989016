import { CLOSED_PHASES } from "../../contracts/experiment";
import type { CategoryState, Experiment, ExperimentPlan } from "./experiment";

export interface StartRequest {
  readonly championVersion: string;
  readonly challengerVersion: string;
  readonly plan: ExperimentPlan;
  readonly now: string;
  readonly by: string;
  /** Whether a machine asks: for what was rolled back lately, or compared without a result, a person has to. */
  readonly isAutomatic: boolean;
}

/** Days in which the same content is not tried under another name, and no machine tries anything. */
const PAUSE_DAYS = 7;
const DAY = 86_400_000;

/** Versions end with the hash of their file (contracts/model-artifact.ts). */
const contentOf = (version: string) => version.slice(version.lastIndexOf("-") + 1);

/** Why an experiment cannot start; undefined where it can. */
export function refusal(state: CategoryState, request: StartRequest): string | undefined {
  const { championVersion, challengerVersion, now } = request;
  const { category, experiment, rejections } = state;
  if (experiment && !CLOSED_PHASES.includes(experiment.phase)) {
    return `${category} has the experiment ${experiment.id} in ${experiment.phase}: stop it first`;
  }
  if (contentOf(championVersion) === contentOf(challengerVersion)) {
    return `${challengerVersion} is the model that ${category} has: there is nothing to compare`;
  }
  if (rejections.some(({ version }) => version === challengerVersion)) {
    return `${challengerVersion} was rolled back: it is not tried again, train another version`;
  }
  const recent = rejections.filter(({ at }) => Date.parse(now) - Date.parse(at) < PAUSE_DAYS * DAY);
  if (recent.some(({ version }) => contentOf(version) === contentOf(challengerVersion))) {
    return `${challengerVersion} is what was rolled back within ${PAUSE_DAYS} days, under another name`;
  }
  const isCompared =
    experiment?.phase === "CLOSED_INCONCLUSIVE" &&
    contentOf(experiment.challengerVersion) === contentOf(challengerVersion);
  if (request.isAutomatic && isCompared) {
    return `${challengerVersion} was compared in ${experiment.id} without a result: a person has to start it again`;
  }
  if (request.isAutomatic && recent.length > 0) {
    return `a model of ${category} was rolled back within ${PAUSE_DAYS} days: a person has to start the next one`;
  }
  return undefined;
}

/** @throws Error where it is refused */
export function startExperiment(state: CategoryState, request: StartRequest): CategoryState {
  const reason = refusal(state, request);
  if (reason !== undefined) throw new Error(reason);
  const { championVersion, challengerVersion, plan, by } = request;
  const closedAt = state.experiment?.phaseSince;
  const now = closedAt && Date.parse(request.now) < Date.parse(closedAt) ? closedAt : request.now;
  const experiment: Experiment = {
    // A version is compared at most once a day: the id draws the stores.
    id: `${state.category}-${challengerVersion}-${now.slice(0, 10).replaceAll("-", "")}`,
    category: state.category,
    championVersion,
    challengerVersion,
    plan,
    startedAt: now,
    startedBy: by,
    phase: "DRAFT",
    phaseSince: now,
    share: 0,
    shareSince: now,
    promotionStep: 0,
    isExtended: false,
    badBatches: [],
  };
  return { ...state, experiment };
}
