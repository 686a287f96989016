import { binomialTail } from "./normal-tails";

/** What one variant answered in one window. */
interface VariantWindow {
  readonly requests: number;
  readonly errors: number;
  /** Undefined without requests. */
  readonly p99Milliseconds?: number;
}

/** Five minutes of an endpoint; `start` is by the clock of the metrics. */
export interface ServiceWindow {
  readonly start: string;
  readonly champion: VariantWindow;
  readonly challenger: VariantWindow;
}

/** How the challenger serves, from all windows since its share was set. */
export interface ServiceAssessment {
  /** Reasons to roll back now. */
  readonly failures: readonly string[];
  /** What both variants suffer from: somebody has to look, and a rollback would help nobody. */
  readonly shared: readonly string[];
  /** Windows that say something, and the start of the newest of them. */
  readonly conclusive: number;
  readonly newest?: string;
}

const ERRORS = { fewestRequests: 20, rate: 0.01, ratio: 2, leaveRatio: 1.2, pValue: 0.001, severe: 0.1 };
const LATENCY = { fewestRequests: 50, ratio: 1.5, leaveRatio: 1.2 };
/** Windows in a row that make a failure. */
const RUN = { errors: 2, latency: 3 };
/** Windows further apart are not in a row. */
const LONGEST_GAP_MINUTES = 30;

type Verdict = "fails" | "severe" | "shared" | "passes" | "between" | "unknown";

/** @param p99Limit of the service, in milliseconds */
export function assessWindows(windows: readonly ServiceWindow[], p99Limit: number): ServiceAssessment {
  // The same window may come twice: from two evaluators, or replayed.
  const unique = [...new Map(windows.map((window) => [Date.parse(window.start), window])).entries()]
    .sort(([a], [b]) => a - b)
    .map(([, window]) => window);
  const errors = runs(unique, errorVerdict, RUN.errors);
  const latency = runs(unique, (window) => latencyVerdict(window, p99Limit), RUN.latency);
  const told = unique.filter((window) => errorVerdict(window) !== "unknown");
  return {
    failures: [
      ...(errors.fails ? [`the challenger's errors at ${errors.fails}`] : []),
      ...(latency.fails ? [`the challenger's p99 at ${latency.fails}`] : []),
    ],
    shared: [
      ...(errors.shared ? [`errors of both variants at ${errors.shared}`] : []),
      ...(latency.shared ? [`p99 of both variants at ${latency.shared}`] : []),
    ],
    conclusive: told.length,
    ...(told.length > 0 ? { newest: told[told.length - 1]!.start } : {}),
  };
}

function errorVerdict({ champion, challenger }: ServiceWindow): Verdict {
  if (!isCounted(challenger) || challenger.requests < ERRORS.fewestRequests) return "unknown";
  const rate = challenger.errors / challenger.requests;
  const other = isCounted(champion) && champion.requests > 0 ? champion.errors / champion.requests : 0;
  if (rate < ERRORS.rate) return "passes";
  if (rate >= ERRORS.ratio * other && isMore(challenger, champion)) {
    return rate >= ERRORS.severe ? "severe" : "fails";
  }
  if (other >= ERRORS.rate && champion.requests >= ERRORS.fewestRequests) return "shared";
  return rate < ERRORS.leaveRatio * other ? "passes" : "between";
}

const isCounted = ({ requests, errors }: VariantWindow) =>
  Number.isFinite(requests) && Number.isFinite(errors) && requests >= 0 && errors >= 0 && errors <= requests;

/** Whether the challenger's errors are more than its share of the requests explains. */
function isMore(challenger: VariantWindow, champion: VariantWindow): boolean {
  const [errors, requests] = [challenger.errors + champion.errors, challenger.requests + champion.requests];
  return (
    binomialTail(challenger.errors, errors, challenger.requests / requests) < ERRORS.pValue ||
    // Nobody to compare with: every error is the challenger's, and the rate alone decides.
    champion.requests === 0
  );
}

function latencyVerdict({ champion, challenger }: ServiceWindow, limit: number): Verdict {
  const [ours, other] = [challenger.p99Milliseconds, champion.p99Milliseconds];
  if (challenger.requests < LATENCY.fewestRequests || ours === undefined || !Number.isFinite(ours)) {
    return "unknown";
  }
  const isCompared = champion.requests >= LATENCY.fewestRequests && other !== undefined;
  if (isCompared && ours > limit && other > limit && ours <= LATENCY.ratio * other) return "shared";
  if (ours > limit || (isCompared && ours > LATENCY.ratio * other)) return "fails";
  return isCompared && ours > LATENCY.leaveRatio * other ? "between" : "passes";
}

/** Start of the window that made a run long enough; what is between the two limits neither adds to a run nor ends it. */
function runs(
  windows: readonly ServiceWindow[],
  verdictOf: (window: ServiceWindow) => Verdict,
  length: number,
): { fails?: string; shared?: string } {
  const found: { fails?: string; shared?: string } = {};
  const count = { fails: 0, shared: 0 };
  let last = -Infinity;
  for (const window of windows) {
    const at = Date.parse(window.start);
    if (at - last > LONGEST_GAP_MINUTES * 60_000) count.fails = count.shared = 0;
    const verdict = verdictOf(window);
    if (verdict === "unknown" || verdict === "between") continue;
    last = at;
    if (verdict === "passes") count.fails = count.shared = 0;
    if (verdict === "fails" || verdict === "severe") [count.fails, count.shared] = [count.fails + 1, 0];
    if (verdict === "shared") [count.fails, count.shared] = [0, count.shared + 1];
    if (count.fails >= length || verdict === "severe") found.fails ??= window.start;
    if (count.shared >= length) found.shared ??= window.start;
  }
  return found;
}
