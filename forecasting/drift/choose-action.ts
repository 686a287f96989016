import type { Attribution, Cause, SkillChange } from "./attribute-change";

/** What a finding leads to. Only `retrain` makes a new model; it enters as a challenger, never in the champion's place. */
export type Action = "cold-start" | "promotion-features" | "recalibrate" | "retrain" | "none" | "hold";

/** What a rise of the error comes from. */
export type RiseReason = Cause | "bias" | "harder-period" | "unexplained";

/** Why nothing or something is done. */
export type Reason = RiseReason | "data-fault";

export interface Choice {
  readonly reason: RiseReason;
  readonly action: Action;
}

/** Relative fall of skill from which the model has become worse and not the days harder. */
const SKILL_FALL = 0.05;

/** Mean error from which one factor is worth setting right. */
const LEAST_BIAS = 0.05;

/** What skill must not fall under. Without skill there is nothing relative: points count. */
const skillLimit = (before: number) => (before > 0 ? before * (1 - SKILL_FALL) : before - SKILL_FALL);

/** Whether all forecasts are off by one factor, and as good as before without it. */
function isBiasOnly({ regularSkill, regularBias }: Attribution): boolean {
  const { share, skillWithout } = regularBias;
  return Math.abs(share) >= LEAST_BIAS && skillWithout >= skillLimit(regularSkill.before);
}

/** A fall that is large enough to matter and no chance. */
function hasSkillFallen({ before, after, high }: SkillChange): boolean {
  return after < skillLimit(before) && high < 0;
}

/** The table: what each named cause leads to. For a regular part the skill decides which of two things happened. */
const TABLE: Readonly<Record<Cause, (attribution: Attribution) => Choice>> = {
  "new-skus": () => ({ reason: "new-skus", action: "cold-start" }),
  sale: () => ({ reason: "sale", action: "promotion-features" }),
  "called-off": () => ({ reason: "called-off", action: "none" }),
  "thin-sales": () => ({ reason: "thin-sales", action: "none" }),
  regular: (attribution) =>
    !hasSkillFallen(attribution.regularSkill)
      ? { reason: "harder-period", action: "none" }
      : isBiasOnly(attribution)
        ? { reason: "bias", action: "recalibrate" }
        : { reason: "regular", action: "retrain" },
};

/**
 * What to do about a rise of the error, the largest named cause first. Where something is done about one cause, those that
 * nobody can do anything about are left to the list of causes.
 */
export function chooseActions(attribution: Attribution): Choice[] {
  const { causes, regularSkill } = attribution;
  const named = causes
    .filter(({ isNamed }) => isNamed)
    .sort((a, b) => b.change - a.change)
    .map(({ cause }) => TABLE[cause](attribution));
  const active = named.filter(({ action }) => action !== "none");
  if (active.length > 0) return active;
  if (named.length > 0) return named.slice(0, 1);
  return [{ reason: hasSkillFallen(regularSkill) ? "unexplained" : "harder-period", action: "none" }];
}
