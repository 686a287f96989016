import { CLOSED_PHASES } from "../../contracts/experiment";
import { dayNumber } from "../calendar/day";
import { ADVANCE_RULES } from "./advance-rules";
import type { Evidence, OperatorRequest } from "./evidence";
import { type CategoryState, type Experiment, remember } from "./experiment";
import { holdReasons } from "./hold-rules";
import { isBadBatch, rollbackReasons } from "./rollback-rules";

/** What one look leads to. */
export interface Decision {
  readonly action: "rollback" | "hold" | "advance" | "close" | "approve" | "wait";
  readonly reasons: readonly string[];
  /** Whether somebody has to be called. */
  readonly isPaging: boolean;
  /** The state afterwards. */
  readonly next: CategoryState;
}

/** A hold that lasts this long is somebody's business. */
const PAGE_AFTER_HOURS = 24;
/** In which a rollback has to be done. */
export const ROLLBACK_SECONDS = 60;

/**
 * One look at an experiment. Priority in every phase that is not closed: rollback, hold, approval, step. What is missing
 * holds; it neither passes nor fails. Acted on signals are remembered, so a replayed one changes nothing.
 */
export function decide(state: CategoryState, given: Evidence): Decision {
  const { experiment } = state;
  const unchanged: Decision = { action: "wait", reasons: [], isPaging: false, next: state };
  if (!experiment || CLOSED_PHASES.includes(experiment.phase)) return unchanged;
  const evidence = { ...given, now: notBefore(experiment.phaseSince, given.now), ...fresh(state, given) };
  const promote = evidence.requests.find(({ action }) => action === "promote");
  const known: CategoryState = {
    ...state,
    seen: remember(state.seen, ...evidence.requests.map(({ id }) => id)),
    experiment: withNews(experiment, evidence, promote),
  };
  if (experiment.phase === "ROLLING_BACK") return finishRollback(known, evidence);

  const back = rollbackReasons(experiment, evidence);
  if (back.length > 0) return rollBack(known, evidence, back);
  const stop = evidence.requests.find(({ action }) => action === "stop");
  if (stop) return close(known, evidence, stop);
  if (!promote?.isForced) {
    const cutoff = evidence.night && dayNumber(evidence.night.cutoff);
    const holds = holdReasons(experiment, evidence, cutoff);
    if (holds.length > 0) {
      const reasons = holds.map(({ reason }) => reason);
      return hold(
        known,
        evidence,
        reasons,
        holds.some(({ isPaging }) => isPaging),
      );
    }
  }
  return step(known, evidence, promote);
}

/** Clocks differ between evaluators; time does not go back. */
const notBefore = (earlier: string, now: string) => (Date.parse(now) < Date.parse(earlier) ? earlier : now);

function fresh(
  { seen }: CategoryState,
  { alarms, requests }: Evidence,
): Pick<Evidence, "alarms" | "requests"> {
  return {
    alarms: alarms.filter(({ id }) => !seen.includes(id)),
    requests: requests.filter(({ id }) => !seen.includes(id)),
  };
}

/** What is kept of a night and of a person's consent, whatever is decided. */
function withNews(
  experiment: Experiment,
  { night }: Evidence,
  promote: OperatorRequest | undefined,
): Experiment {
  const { badBatches } = experiment;
  const isBad = night?.batch && isBadBatch(night.batch) && !badBatches.includes(night.batch.night);
  return {
    ...experiment,
    ...(promote ? { approval: { by: promote.by, reason: promote.reason } } : {}),
    ...(night?.weekly ? { eValue: night.weekly.eValue } : {}),
    badBatches: isBad ? [...badBatches, night.batch.night] : badBatches,
  };
}

function moved(
  state: CategoryState,
  { now }: Evidence,
  change: Partial<Experiment> & Pick<Experiment, "phase">,
): CategoryState {
  const from = state.experiment!;
  const isShareNew = change.share !== undefined && change.share !== from.share;
  return {
    ...state,
    experiment: {
      ...from,
      hold: undefined,
      ...change,
      phaseSince: change.phase === from.phase ? from.phaseSince : now,
      shareSince: isShareNew ? now : from.shareSince,
    },
  };
}

/** The share is 0 from this moment on: the routers follow it, whatever state the endpoint is in. */
function rollBack(state: CategoryState, evidence: Evidence, reasons: readonly string[]): Decision {
  const next = moved(state, evidence, { phase: "ROLLING_BACK", share: 0 });
  const rejection = { version: next.experiment!.challengerVersion, at: evidence.now, reasons };
  return {
    action: "rollback",
    reasons,
    isPaging: true,
    next: {
      ...next,
      rejections: [...state.rejections, rejection],
      seen: remember(state.seen, ...evidence.alarms.map(({ id }) => id)),
    },
  };
}

/** No look at anything else any more: done when the endpoint says so, and somebody's business when it takes long. */
function finishRollback(state: CategoryState, evidence: Evidence): Decision {
  const { phaseSince } = state.experiment!;
  const isLate = Date.parse(evidence.now) - Date.parse(phaseSince) > ROLLBACK_SECONDS * 1000;
  const done = step(state, evidence, undefined);
  return done.action === "wait" ? hold(state, evidence, done.reasons, isLate) : done;
}

function close(state: CategoryState, evidence: Evidence, { by, reason }: OperatorRequest): Decision {
  const next = moved(state, evidence, { phase: "CLOSED_INCONCLUSIVE", share: 0 });
  return { action: "close", reasons: [`${by} stopped it: ${reason}`], isPaging: false, next };
}

/** @param isUrgent pages now; otherwise a hold pages when it has lasted a day, once */
function hold(
  state: CategoryState,
  { now }: Evidence,
  reasons: readonly string[],
  isUrgent: boolean,
): Decision {
  const experiment = state.experiment!;
  const since = experiment.hold?.since ?? now;
  const isLong = Date.parse(now) - Date.parse(since) >= PAGE_AFTER_HOURS * 3_600_000;
  const isPaged = experiment.hold?.isPaged ?? false;
  const isPaging = (isUrgent || isLong) && !isPaged;
  const next = {
    ...state,
    experiment: { ...experiment, hold: { since, reasons, isPaged: isPaged || isPaging } },
  };
  return { action: "hold", reasons, isPaging, next };
}

function step(state: CategoryState, evidence: Evidence, promote: OperatorRequest | undefined): Decision {
  const experiment = state.experiment!;
  const found = ADVANCE_RULES[experiment.phase]!(experiment, evidence, promote?.isForced ?? false);
  if ("waitsFor" in found) {
    const reasons = [`waits for ${found.waitsFor}`];
    if (found.isMissing) return hold(state, evidence, reasons, false);
    const action = promote ? "approve" : "wait";
    return {
      action,
      reasons,
      isPaging: false,
      next: { ...state, experiment: { ...experiment, hold: undefined } },
    };
  }
  const { phase } = found.change;
  return {
    action: phase === "CLOSED_INCONCLUSIVE" ? "close" : "advance",
    reasons: [...(promote ? [`${promote.by}: ${promote.reason}`] : []), ...found.reasons],
    isPaging: false,
    next: moved(state, evidence, found.change),
  };
}
