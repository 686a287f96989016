import type { Category } from "../../contracts/categories";
import type { Action, Reason } from "./choose-action";

/** What was decided, and on which evidence: kept for as long as the model versions are. */
export interface ActionRecord {
  /** ISO date of the night. */
  readonly day: string;
  /** A category, or a store whose data is at fault. */
  readonly scope: Category | `store ${string}`;
  readonly reason: Reason;
  readonly action: Action;
  /** Reason why an action that was due is not taken again; absent where it is taken. */
  readonly suppressedBy?: Suppression;
  readonly evidence: { readonly en: string; readonly ja: string };
}

export type Suppression = "cooldown" | "open-retrain" | "data-fault";

/** Days in which the same action is not taken again for the same scope. */
const COOLDOWN_DAYS = 14;

export interface OpenRetrain {
  readonly category: Category;
}

/** Whether an action may run: one retraining a category at a time, and each action once in COOLDOWN_DAYS. */
export function suppressionOf(
  { scope, action, daysSince }: { scope: string; action: Action; daysSince: number | undefined },
  openRetrains: readonly OpenRetrain[],
): Suppression | undefined {
  if (action === "retrain" && openRetrains.some(({ category }) => category === scope)) return "open-retrain";
  return daysSince !== undefined && daysSince < COOLDOWN_DAYS ? "cooldown" : undefined;
}
