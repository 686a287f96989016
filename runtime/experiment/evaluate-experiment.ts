import { CATEGORIES, type Category } from "../../contracts/categories";
import { CLOSED_PHASES } from "../../contracts/experiment";
import { VARIANTS } from "../../contracts/variants";
import { type Decision, decide, ROLLBACK_SECONDS } from "../../forecasting/experiment/decide";
import { desiredPointers, desiredWeights } from "../../forecasting/experiment/desired-traffic";
import type { OperatorRequest, TrafficReport } from "../../forecasting/experiment/evidence";
import { type CategoryState, emptyState, type Experiment } from "../../forecasting/experiment/experiment";
import { applyTraffic } from "./apply-traffic";
import type { EvaluatorPorts, EvaluatorSettings } from "./evaluator-ports";
import { type Gathered, gatherEvidence } from "./gather-evidence";
import type { JournalEntry } from "./journal";

/** What one evaluation of a category came to. */
export interface Evaluation {
  readonly category: Category;
  /** Revisions that it wrote, in order. */
  readonly written: readonly JournalEntry[];
  /** What it waits for, or did last. */
  readonly outcome: Pick<Decision, "action" | "reasons">;
  /** Sources that could not be read. */
  readonly unread: readonly string[];
}

/** Longest chain of steps in one evaluation, and how often somebody else may be quicker. */
const MOST_STEPS = 8;
const MOST_CONFLICTS = 10;
/** Of a rollback's minute; the rest is for reading. */
const ROLLBACK_PATIENCE_MILLISECONDS = (ROLLBACK_SECONDS - 15) * 1000;

/**
 * Looks at a category's experiment until nothing more is to be done: decides, writes the decision down, moves the traffic, and
 * looks again. Several evaluators may do it at once: each revision of the journal is written by one of them, and the others
 * read and decide again. Moving traffic to what the state wants is the same whoever does it, and however often.
 */
export async function evaluateExperiment(
  category: Category,
  ports: EvaluatorPorts,
  settings: EvaluatorSettings,
  requests: readonly OperatorRequest[] = [],
): Promise<Evaluation> {
  const written: JournalEntry[] = [];
  let outcome: Evaluation["outcome"] = { action: "wait", reasons: ["no experiment is live"] };
  let unread: readonly string[] = [];
  for (let conflicts = 0; written.length < MOST_STEPS;) {
    const entries = await Promise.all(CATEGORIES.map((each) => ports.journal.latest(each)));
    const states = CATEGORIES.map((each, i) => entries[i]?.state ?? emptyState(each));
    const at = CATEGORIES.indexOf(category);
    const { experiment } = states[at]!;
    if (!experiment) break;
    if (isClosed(experiment)) {
      const { isApplied, detail } = await settleEnd(experiment, states, ports, settings);
      if (!isApplied)
        outcome = { action: "wait", reasons: [`the end of ${experiment.id} waits for ${detail}`] };
      break;
    }
    const traffic = await settle(experiment, states, ports, settings);
    const gathered = await gatherEvidence(experiment, states, ports, settings, { requests, traffic });
    const decision = decide(states[at]!, gathered.evidence);
    [outcome, unread] = [decision, gathered.unread];
    if (isSame(decision.next, states[at]!) && traffic.moved === undefined) break;
    // A pointer that somebody else has moved under a running experiment was set back, and not in silence: a version that was
    // approved meanwhile has to be started by hand after it.
    const told =
      traffic.moved !== undefined && decision.next.experiment!.phase === experiment.phase
        ? { ...decision, reasons: [...decision.reasons, ...traffic.moved], isPaging: true }
        : decision;
    const entry = entryOf((entries[at]?.revision ?? 0) + 1, told, gathered, settings);
    if (!(await ports.journal.append(entry))) {
      if (++conflicts > MOST_CONFLICTS) throw new Error(`too many write the journal of ${category} at once`);
      continue;
    }
    written.push(entry);
    await follow(experiment, told, states, ports, settings);
    if (decision.action !== "rollback" && decision.action !== "advance") break;
  }
  return { category, written, outcome, unread };
}

const isClosed = ({ phase }: Experiment) => CLOSED_PHASES.includes(phase);
const isSame = (a: CategoryState, b: CategoryState) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What is left of a closed experiment: the challenger's pointer while it names what was compared, and the weights where no live
 * experiment has them. Done when it closes, and at every look after it: the first try may have failed.
 */
function settleEnd(
  experiment: Experiment,
  states: readonly CategoryState[],
  ports: EvaluatorPorts,
  settings: EvaluatorSettings,
): Promise<TrafficReport> {
  const isLive = states.some((state) => state.experiment !== undefined && !isClosed(state.experiment));
  return settle(experiment, isLive ? [] : states, ports, settings);
}

/** Weights and pointers as the states want them: tried once, and for most of a minute on the way back. */
function settle(
  experiment: Experiment,
  states: readonly CategoryState[],
  { traffic, models, warmer, now, sleep }: EvaluatorPorts,
  { environment, endpointName }: EvaluatorSettings,
): Promise<TrafficReport> {
  const { category, phase } = experiment;
  const wanted = desiredPointers(experiment);
  const isEnd = isClosed(experiment);
  // Of what is closed somebody else may want the pointers next: no wait for a model.
  const warmUp = phase === "ROLLING_BACK" || isEnd ? "after" : "before";
  const pointers = VARIANTS.flatMap((variant) => {
    const version = wanted[variant];
    const isTrusted = phase === "ROLLING_BACK" && variant === "champion";
    const from = isEnd ? { from: experiment.challengerVersion } : {};
    return version === undefined ? [] : [{ variant, category, version, ...from, isTrusted, warmUp } as const];
  });
  const weights = desiredWeights(states);
  const desired = { environment, endpointName, pointers, ...(weights ? { weights } : {}) };
  const milliseconds = phase === "ROLLING_BACK" ? ROLLBACK_PATIENCE_MILLISECONDS : 0;
  return applyTraffic({ traffic, models, warmer }, desired, { now, sleep, milliseconds });
}

/** After a decision: the traffic of an end, and the call. */
async function follow(
  before: Experiment,
  { action, reasons, isPaging, next }: Decision,
  states: readonly CategoryState[],
  ports: EvaluatorPorts,
  settings: EvaluatorSettings,
): Promise<void> {
  const after = next.experiment!;
  if (isClosed(after)) {
    const others = states.map((state) => (state.category === next.category ? next : state));
    await settle(after, others, ports, settings);
  }
  if (!isPaging && after.phase === before.phase) return;
  const { category, id: experimentId } = after;
  await ports
    .announce({ category, experimentId, from: before.phase, to: after.phase, action, reasons, isPaging })
    // A rollback goes on when nobody can be called; the journal has it.
    .catch(() => undefined);
}

function entryOf(
  revision: number,
  { action, reasons, next }: Decision,
  { evidence, unread }: Gathered,
  { by }: EvaluatorSettings,
): JournalEntry {
  const { now, night, service, alarms, requests, family, traffic } = evidence;
  return {
    category: next.category,
    revision,
    at: now,
    by: requests[0]?.by ?? by,
    action,
    reasons,
    evidence: {
      ...(night ? { night } : {}),
      ...(service ? { service } : {}),
      ...(alarms.length > 0 ? { alarms } : {}),
      ...(requests.length > 0 ? { requests } : {}),
      ...(family.size > 0 ? { family: Object.fromEntries(family) } : {}),
      ...(traffic ? { traffic } : {}),
      ...(unread.length > 0 ? { unread } : {}),
    },
    state: next,
  };
}
