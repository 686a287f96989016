import type { Category } from "../../contracts/categories";
import type { ExperimentPhase } from "../../contracts/experiment";

/** What is decided by, fixed before the first day (docs/adr/0082). Days are days of sales on which both models are compared. */
export interface ExperimentPlan {
  /** Probability of ever finding a change that is none, two-sided. */
  readonly alpha: number;
  /** The day for which the boundary is tightest. */
  readonly plannedDays: number;
  /** First look for harm, and first for a win; a win is looked for at the end of whole weeks. */
  readonly firstHarmDay: number;
  readonly firstWinDay: number;
  /** Last day, and how many one extension adds. */
  readonly maxDays: number;
  readonly extensionDays: number;
  /** Days in SHADOW, both models scored and the challenger serving nobody. */
  readonly shadowDays: number;
  /** Share of the stores in CANARY and AB, then the steps of PROMOTING. */
  readonly testShare: number;
  readonly promotionShares: readonly number[];
  /** Hours that a served share is watched before it grows. */
  readonly bakeHours: number;
  /** How much worse a challenger may be that is wanted for another reason, relative. */
  readonly nonInferiorityMargin: number;
  /** That reason (cost, latency): without it, what is not better is not promoted. */
  readonly declaredReason?: string;
  /** ISO dates without promotions, such as the first days of a sale, besides the holiday seasons. */
  readonly frozenDays: readonly string[];
}

export const DEFAULT_PLAN: ExperimentPlan = {
  alpha: 0.05,
  plannedDays: 28,
  firstHarmDay: 7,
  firstWinDay: 14,
  maxDays: 28,
  extensionDays: 14,
  shadowDays: 7,
  testShare: 0.1,
  promotionShares: [0.5, 1],
  bakeHours: 24,
  nonInferiorityMargin: 0.01,
  frozenDays: [],
};

/** One comparison of two versions of a category's model. Instants are ISO 8601 in UTC. */
export interface Experiment {
  readonly id: string;
  readonly category: Category;
  readonly championVersion: string;
  readonly challengerVersion: string;
  readonly plan: ExperimentPlan;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly phase: ExperimentPhase;
  readonly phaseSince: string;
  /** Share of the stores that the challenger serves now. */
  readonly share: number;
  /** Since when this share is served. */
  readonly shareSince: string;
  /** Steps of `plan.promotionShares` taken; all of them and one more: the champion's pointer moves. */
  readonly promotionStep: number;
  readonly isExtended: boolean;
  /** A person's consent to a promotion that needs one. */
  readonly approval?: { readonly by: string; readonly reason: string };
  /** What it waits for, and since when. */
  readonly hold?: { readonly since: string; readonly reasons: readonly string[]; readonly isPaged: boolean };
  /** Nights whose batch of the challenger was bad, ISO dates. */
  readonly badBatches: readonly string[];
  /** Evidence at the last look: what family control goes by. */
  readonly eValue?: number;
}

/** A version that was rolled back: never again (docs/adr/0083). */
interface Rejection {
  readonly version: string;
  readonly at: string;
  readonly reasons: readonly string[];
}

/** Everything that is known of a category's experiments, in one revision. */
export interface CategoryState {
  readonly category: Category;
  /** The live one, or the last that was closed. */
  readonly experiment?: Experiment;
  readonly rejections: readonly Rejection[];
  /** Keys of evidence that was acted on, newest last: the same evidence does not count twice. */
  readonly seen: readonly string[];
}

/** How far back a replay is recognised. */
const SEEN_MAX = 200;

export const emptyState = (category: Category): CategoryState => ({ category, rejections: [], seen: [] });

export function remember(seen: readonly string[], ...keys: readonly string[]): readonly string[] {
  return [...seen, ...keys.filter((key) => !seen.includes(key))].slice(-SEEN_MAX);
}
