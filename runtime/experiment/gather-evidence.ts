import { CATEGORIES, type Category } from "../../contracts/categories";
import { CLOSED_PHASES } from "../../contracts/experiment";
import { dayNumber } from "../../forecasting/calendar/day";
import { dayOfInstant } from "../../forecasting/calendar/time-zone";
import { assessNight, type NightAssessment } from "../../forecasting/experiment/assess-night";
import type { Comparison, ComparisonSum } from "../../forecasting/experiment/comparison";
import type { Evidence, OperatorRequest, TrafficReport } from "../../forecasting/experiment/evidence";
import type { CategoryState, Experiment } from "../../forecasting/experiment/experiment";
import { statisticsReady } from "../../forecasting/experiment/normal-tails";
import { assessWindows, type ServiceAssessment } from "../../forecasting/experiment/service-windows";
import type { EvaluatorPorts, EvaluatorSettings } from "./evaluator-ports";

/** Evidence, and the sources that could not be read. */
export interface Gathered {
  readonly evidence: Evidence;
  readonly unread: readonly string[];
}

/** Everything that one look at an experiment can know. Sources are read side by side and may fail one by one. */
export async function gatherEvidence(
  experiment: Experiment,
  states: readonly CategoryState[],
  ports: EvaluatorPorts,
  settings: EvaluatorSettings,
  given: { readonly requests: readonly OperatorRequest[]; readonly traffic: TrafficReport },
): Promise<Gathered> {
  await statisticsReady;
  const unread: string[] = [];
  const unless = <T>(what: string, read: () => Promise<T>): Promise<T | undefined> =>
    read().catch((error: unknown) => {
      unread.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
  const serves = experiment.share > 0;
  const [night, service, alarms] = await Promise.all([
    unless("the comparison", () => readNight(experiment, ports)),
    serves ? unless("the service's windows", () => readService(experiment, ports, settings)) : undefined,
    serves ? unless("the alarms", () => ports.readAlarms()) : undefined,
  ]);
  const now = ports.now();
  return {
    unread,
    evidence: {
      now: new Date(now).toISOString(),
      day: dayOfInstant(now),
      alarms: alarms ?? [],
      requests: given.requests,
      family: familyOf(experiment.category, states),
      traffic: given.traffic,
      ...(night ? { night } : {}),
      ...(service ? { service } : {}),
    },
  };
}

async function readService(
  { shareSince }: Experiment,
  { readWindows }: EvaluatorPorts,
  { latencyP99Milliseconds }: EvaluatorSettings,
): Promise<ServiceAssessment> {
  const windows = await readWindows(shareSince);
  // Windows from before the share was set say nothing about it.
  const counted = windows.filter(({ start }) => Date.parse(start) >= Date.parse(shareSince));
  return assessWindows(counted, latencyP99Milliseconds);
}

/** Undefined where the night was not scored with the versions of the experiment. */
async function readNight(
  experiment: Experiment,
  { readComparison }: EvaluatorPorts,
): Promise<NightAssessment | undefined> {
  const found = await readComparison();
  const { category, championVersion, challengerVersion } = experiment;
  const comparison = found?.comparisons.find(
    (each) =>
      each.category === category &&
      each.championVersion === championVersion &&
      each.challengerVersion === challengerVersion,
  );
  return comparison && assessNight(since(comparison, experiment), experiment, found?.batches[category]);
}

/** The same pair may have been compared before: an experiment counts the days after its start. */
function since(comparison: Comparison, { startedAt }: Experiment): Comparison {
  const first = dayOfInstant(Date.parse(startedAt)) + 1;
  const skipped = comparison.days.filter((day) => dayNumber(day) < first).length;
  if (skipped === 0) return comparison;
  const sums = Object.fromEntries(
    Object.entries(comparison.sums).map(([name, rows]) => [name, rows.map((row) => row.slice(skipped))]),
  ) as Record<ComparisonSum, number[][]>;
  return {
    ...comparison,
    days: comparison.days.slice(skipped),
    missingDays: comparison.missingDays.filter((day) => dayNumber(day) >= first),
    sums,
  };
}

/** Evidence of the other categories' live experiments: one finding in four may be chance. */
function familyOf(own: Category, states: readonly CategoryState[]): Evidence["family"] {
  const family = new Map<Category, number | undefined>();
  for (const category of CATEGORIES) {
    const experiment = states.find((state) => state.category === category)?.experiment;
    if (category === own || !experiment || CLOSED_PHASES.includes(experiment.phase)) continue;
    family.set(category, experiment.eValue);
  }
  return family;
}
