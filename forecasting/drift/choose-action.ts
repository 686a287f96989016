import type { Attribution, Cause, SkillChange } from "./attribute-change";

/** What a finding leads to. Only `retrain` makes a new model; it enters as a challenger, never in the champion's place. */
export type Action = "cold-start" | "promotion-features" | "retrain" | "none" | "hold";

/** Why nothing or something is done. */
export type Reason = Cause | "harder-period" | "unexplained" | "data-fault";

export interface Choice {
  readonly reason: Reason;
  readonly action: Action;
  /** Part of the change of WAPE that the reason stands for; 0 where none was measured. */
  readonly change: number;
  readonly share: number;
}

/** Relative fall of skill from which the model has become worse and not the days harder. */
const SKILL_FALL = 0.05;

/** A fall that is large enough to matter and no chance. Without skill there is nothing relative: points count. */
function hasSkillFallen({ before, after, high }: SkillChange): boolean {
  const limit = before > 0 ? before * (1 - SKILL_FALL) : before - SKILL_FALL;
  return after < limit && high < 0;
}

/** The table: what each named cause leads to. For a regular part the skill decides which of two things happened. */
const TABLE: Readonly<Record<Cause, (skill: SkillChange) => { reason: Reason; action: Action }>> = {
  "new-skus": () => ({ reason: "new-skus", action: "cold-start" }),
  sale: () => ({ reason: "sale", action: "promotion-features" }),
  "thin-sales": () => ({ reason: "thin-sales", action: "none" }),
  regular: (skill) =>
    hasSkillFallen(skill)
      ? { reason: "regular", action: "retrain" }
      : { reason: "harder-period", action: "none" },
};

/** What to do about a rise of the error, the largest named cause first. */
export function chooseActions({ causes, decomposition, regularSkill }: Attribution): Choice[] {
  const named = causes.filter(({ isNamed }) => isNamed).sort((a, b) => b.change - a.change);
  if (named.length > 0) {
    return named.map(({ cause, change, share }) => ({ ...TABLE[cause](regularSkill), change, share }));
  }
  const reason = hasSkillFallen(regularSkill) ? "unexplained" : "harder-period";
  return [{ reason, action: "none", change: decomposition.change, share: 0 }];
}
