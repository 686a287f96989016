import type { Category } from "../../contracts/categories";
import { isoDate } from "../calendar/day";
import { seasonOf } from "../calendar/japan";
import { acceptedFindings } from "./e-benjamini-hochberg";
import type { Evidence } from "./evidence";
import type { Experiment } from "./experiment";

/** A step forward, or what is still missing for it. */
type Step =
  | { readonly change: Partial<Experiment> & Pick<Experiment, "phase">; readonly reasons: readonly string[] }
  | {
      readonly waitsFor: string;
      /** Set where it waits because data are missing, not because time has to pass. */
      readonly isMissing?: boolean;
    };

/** Windows with enough requests that a served share has to be seen in: an hour of them. */
const FEWEST_WINDOWS = 12;
const HOUR = 3_600_000;
const percent = (value: number) => `${(100 * value).toFixed(2)} %`;

const go = (change: Partial<Experiment> & Pick<Experiment, "phase">, ...reasons: string[]): Step => ({
  change,
  reasons,
});
const waitFor = (waitsFor: string): Step => ({ waitsFor });

type Rule = (experiment: Experiment, evidence: Evidence, isForced: boolean) => Step;

/** What the next step needs, by phase. A rule that is forced takes the step without. */
export const ADVANCE_RULES: Readonly<Partial<Record<Experiment["phase"], Rule>>> = {
  DRAFT: (_, { traffic }) =>
    traffic?.isApplied
      ? go({ phase: "SHADOW" }, "the challenger's pointer names the version")
      : waitFor(`the challenger's pointer: ${traffic?.detail ?? "not looked at"}`),
  SHADOW: ({ plan }, { night }, isForced) => {
    const days = night?.days ?? 0;
    if (!isForced && (days < plan.shadowDays || !night?.daily)) {
      return waitFor(`${plan.shadowDays} compared days; there are ${days}`);
    }
    return go({ phase: "CANARY", share: plan.testShare }, `${days} days were compared without harm`);
  },
  CANARY: (experiment, evidence, isForced) =>
    baked(experiment, evidence, isForced) ?? go({ phase: "AB" }, "it served without a fault"),
  AB: toDecision,
  EXTENDED: toDecision,
  DECIDE: decideEnd,
  PROMOTING: promote,
  ROLLING_BACK: (_, { traffic }) =>
    traffic?.isApplied
      ? go({ phase: "ROLLED_BACK" }, `looked at after it was set: ${traffic.detail}`)
      : waitFor(`the traffic to be back: ${traffic?.detail ?? "not looked at"}`),
};

/** Times are those of the metrics: an evaluator whose clock runs ahead bakes nothing faster. */
function baked({ plan, shareSince }: Experiment, { service }: Evidence, isForced: boolean): Step | undefined {
  if (isForced) return undefined;
  if (!service?.newest || service.conclusive < FEWEST_WINDOWS) {
    const waitsFor = `${FEWEST_WINDOWS} windows with enough requests; there are ${service?.conclusive ?? 0}`;
    return { waitsFor, isMissing: true };
  }
  const hours = (Date.parse(service.newest) - Date.parse(shareSince)) / HOUR;
  return hours >= plan.bakeHours
    ? undefined
    : waitFor(`${plan.bakeHours} hours of service; there are ${Math.max(0, hours).toFixed(1)}`);
}

function horizon({ plan, isExtended }: Experiment): number {
  return plan.maxDays + (isExtended ? plan.extensionDays : 0);
}

function toDecision(experiment: Experiment, evidence: Evidence, isForced: boolean): Step {
  const { night } = evidence;
  if (isForced) return go({ phase: "DECIDE" }, "a person asked for the decision");
  if (!night?.daily) return waitFor(night?.noFigure ?? "a night's comparison");
  const missing = winMissing(experiment, evidence);
  if (missing === undefined) return go({ phase: "DECIDE" }, "the interval lies below 0");
  if (night.days >= horizon(experiment)) return go({ phase: "DECIDE" }, `${night.days} days are over`);
  return waitFor(missing);
}

/** What a win still lacks; undefined for a win. */
function winMissing({ plan }: Experiment, { night }: Evidence): string | undefined {
  const weekly = night?.weekly;
  if (!night || !weekly) return "whole weeks that were compared";
  if (weekly.days < plan.firstWinDay) return `day ${plan.firstWinDay}; it is day ${night.days}`;
  if (night.missingDays.length > 0) return `the comparison of ${night.missingDays.join(", ")}`;
  if (!(weekly.upper < 0)) return `an interval below 0; it ends at ${percent(weekly.upper)}`;
  return undefined;
}

/** Other categories are tested beside this one: one finding in four may be chance. */
function familyAccepts({ category, plan }: Experiment, { night, family }: Evidence): boolean {
  const evidence = new Map<Category, number>([...family].map(([key, value]) => [key, value ?? 0]));
  evidence.set(category, night?.weekly?.eValue ?? 0);
  return acceptedFindings(evidence, plan.alpha).has(category);
}

function isFrozen({ plan }: Experiment, { day }: Evidence): boolean {
  return seasonOf(day) !== 0 || plan.frozenDays.includes(isoDate(day));
}

function decideEnd(experiment: Experiment, evidence: Evidence, isForced: boolean): Step {
  const { plan, isExtended, approval } = experiment;
  const { night } = evidence;
  const start = (reason: string): Step =>
    isFrozen(experiment, evidence)
      ? waitFor(`a day without a holiday season or a sale: ${reason}`)
      : go({ phase: "PROMOTING", promotionStep: 1, share: plan.promotionShares[0]! }, reason);
  if (isForced) return start("a person decided it");
  if (!night?.daily) return waitFor(night?.noFigure ?? "a night's comparison");
  const missing = winMissing(experiment, evidence);
  if (missing === undefined && familyAccepts(experiment, evidence)) {
    return start(`error ${percent(night.weekly!.relative)}, at most ${percent(night.weekly!.upper)}`);
  }
  if (night.days < horizon(experiment)) {
    return waitFor(missing ?? "more evidence: beside the other categories' it may be chance");
  }
  const isNoWorse = night.daily.upper < plan.nonInferiorityMargin && night.missingDays.length === 0;
  if (isNoWorse && plan.declaredReason !== undefined) {
    return approval
      ? start(`no worse by ${percent(plan.nonInferiorityMargin)}, wanted for ${plan.declaredReason}`)
      : waitFor("approval: it is no worse, and wanted for another reason");
  }
  return isExtended
    ? go({ phase: "CLOSED_INCONCLUSIVE", share: 0 }, `${night.days} days say neither`)
    : go({ phase: "EXTENDED", isExtended: true }, `${night.days} days say neither yet`);
}

/** 10 -> 50 -> 100 % of the stores, then the champion's pointer, then the challenger's variant is free again. */
function promote(experiment: Experiment, evidence: Evidence, isForced: boolean): Step {
  const { plan, promotionStep: step } = experiment;
  if (step > plan.promotionShares.length) {
    return evidence.traffic?.isApplied
      ? go({ phase: "PROMOTED", share: 0 }, `looked at after it was set: ${evidence.traffic.detail}`)
      : waitFor(`the champion's pointer: ${evidence.traffic?.detail ?? "not looked at"}`);
  }
  const waiting = baked(experiment, evidence, isForced);
  if (waiting) return waiting;
  if (isFrozen(experiment, evidence)) return waitFor("a day without a holiday season or a sale");
  const share = plan.promotionShares[step] ?? experiment.share;
  return go({ phase: "PROMOTING", promotionStep: step + 1, share }, "it served without a fault");
}
