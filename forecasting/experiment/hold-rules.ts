import type { Evidence } from "./evidence";
import type { Experiment } from "./experiment";
import { batchFault, unitsChange } from "./rollback-rules";

/** Limits over which nothing goes on until it is understood. */
const BLOW_UP = 0.3;
const ARM_GAP = 0.05;
/** Changes nearer to 0 have no sign that one could rely on. */
const ARM_FLOOR = 0.01;
const FEWEST_FORECASTS = 0.995;
/** Sales come on the next morning; after this many days without any, nobody knows how it goes. */
const STALE_DAYS = 4;

export interface Hold {
  readonly reason: string;
  /** Whether somebody has to look at it now. */
  readonly isPaging: boolean;
}

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

/** What keeps an experiment where it is: neither forward nor back. */
export function holdReasons(experiment: Experiment, evidence: Evidence, cutoffDay?: number): Hold[] {
  const isBlind = evidence.night === undefined && experiment.phase !== "DRAFT";
  return [
    ...sharedFaults(experiment, evidence),
    ...nightFaults(evidence),
    ...(isBlind ? [{ reason: "there is no comparison of a night", isPaging: false }] : []),
    ...(cutoffDay !== undefined && evidence.day - cutoffDay > STALE_DAYS
      ? [
          {
            reason: `sales end on ${evidence.night?.cutoff}, ${evidence.day - cutoffDay} days ago`,
            isPaging: false,
          },
        ]
      : []),
  ];
}

/** Both variants suffer: a rollback would help nobody. */
function sharedFaults({ share }: Experiment, { alarms, service }: Evidence): Hold[] {
  if (share === 0) return [];
  const both = alarms
    .filter(({ isShared }) => isShared)
    .map(({ name }) => `alarm ${name}, and the champion's`);
  return [...both, ...(service?.shared ?? [])].map((reason) => ({ reason, isPaging: true }));
}

function nightFaults({ night }: Evidence): Hold[] {
  if (!night) return [];
  const holds: Hold[] = [];
  const { assigned, arms, batch, coverage } = night;
  if (assigned.isMismatch) {
    const reason = `${assigned.challenger} of ${assigned.champion + assigned.challenger} stores are the challenger's: the split is not the one that was planned`;
    holds.push({ reason, isPaging: true });
  }
  if (arms && disagree(arms)) {
    const reason = `the change is ${percent(arms.champion)} on the champion's stores and ${percent(arms.challenger)} on the challenger's: what serves changes what is sold`;
    holds.push({ reason, isPaging: true });
  }
  if (batch && batchFault(batch) !== undefined) {
    holds.push({ reason: `bad batch ${batch.night}: ${batchFault(batch)}`, isPaging: true });
  }
  if (batch && Math.abs(unitsChange(batch)) > BLOW_UP) {
    const reason = `the night's forecasts are ${percent(unitsChange(batch))} off the champion's in all`;
    holds.push({ reason, isPaging: true });
  }
  for (const [name, covered] of Object.entries(coverage)) {
    if (covered < FEWEST_FORECASTS) {
      holds.push({ reason: `the ${name} forecast ${percent(covered)} of what was sold`, isPaging: false });
    }
  }
  return holds;
}

function disagree({ champion, challenger }: { champion: number; challenger: number }): boolean {
  const isOpposite =
    champion * challenger < 0 && Math.min(Math.abs(champion), Math.abs(challenger)) > ARM_FLOOR;
  return isOpposite || Math.abs(champion - challenger) > ARM_GAP;
}
