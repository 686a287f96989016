import type { NightAssessment } from "./assess-night";
import type { BatchSums } from "./comparison";
import type { Evidence } from "./evidence";
import type { Experiment } from "./experiment";

/** Limits of the challenger's batch against the champion's, before anybody has sold anything. */
const BLOW_UP = 0.5;
const FEWEST_FORECASTS = 0.995;
const BIAS = 0.15;
const BIAS_RATIO = 2;

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

/**
 * Why an experiment has to go back, in every phase that is not closed: nothing that an experiment waits for comes before it
 * (docs/adr/0083). Empty where nothing speaks for it.
 */
export function rollbackReasons(experiment: Experiment, evidence: Evidence): string[] {
  const asked = evidence.requests.find(({ action }) => action === "rollback");
  return [
    ...(asked ? [`${asked.by} asked for it: ${asked.reason}`] : []),
    ...serviceReasons(experiment, evidence),
    ...(evidence.night ? nightReasons(experiment, evidence.night) : []),
  ];
}

/** A challenger that serves nobody cannot be what fails. */
function serviceReasons({ share }: Experiment, { alarms, service }: Evidence): string[] {
  if (share === 0) return [];
  const own = alarms.filter(({ isShared }) => !isShared);
  return [...own.map(({ name }) => `alarm ${name}`), ...(service?.failures ?? [])];
}

function nightReasons({ plan, badBatches }: Experiment, night: NightAssessment): string[] {
  const reasons: string[] = [];
  const { daily, guardrails, bias, batch } = night;
  if (daily && daily.days >= plan.firstHarmDay && daily.lower > 0) {
    reasons.push(
      `error ${percent(daily.relative)} higher after ${daily.days} days, at least ${percent(daily.lower)}`,
    );
  }
  for (const { name, standing } of guardrails) {
    if (standing && standing.days >= plan.firstHarmDay && standing.lower > 0) {
      reasons.push(`${name}: ${percent(standing.relative)} higher, at least ${percent(standing.lower)}`);
    }
  }
  const isBiased = ({ champion, challenger }: NightAssessment["bias"][number]) =>
    Math.abs(challenger) > BIAS && Math.abs(challenger) > BIAS_RATIO * Math.abs(champion);
  if (bias.length >= 2 && bias.every(isBiased)) {
    reasons.push(
      `bias of ${bias.map(({ challenger }) => percent(challenger)).join(" and ")} two days running`,
    );
  }
  if (batch && Math.abs(unitsChange(batch)) > BLOW_UP) {
    reasons.push(`the night's forecasts are ${percent(unitsChange(batch))} off the champion's in all`);
  }
  if (batch && isBadBatch(batch) && badBatches.some((earlier) => earlier !== batch.night)) {
    reasons.push(`a second bad batch, ${batch.night}: ${batchFault(batch)}`);
  }
  return reasons;
}

/** How far the sums of all forecasts are apart; 0 where the champion forecasts nothing either. */
export function unitsChange({ championUnits, challengerUnits }: BatchSums): number {
  if (championUnits > 0) return challengerUnits / championUnits - 1;
  return challengerUnits > 0 ? Infinity : 0;
}

export const isBadBatch = (batch: BatchSums): boolean => batchFault(batch) !== undefined;

export function batchFault({ cells, challengerMissing, challengerInvalid }: BatchSums): string | undefined {
  if (challengerInvalid > 0) return `${challengerInvalid} forecasts are negative or no numbers`;
  if (challengerMissing > cells * (1 - FEWEST_FORECASTS)) {
    return `${challengerMissing} of ${cells} forecasts are missing`;
  }
  return undefined;
}
