import type { Retrier } from "../states";
import { namesError } from "./state-error";

/** Retries that each retrier of a state has used up since the state was entered. */
export type UsedAttempts = Map<Retrier, number>;

/**
 * Seconds until the next attempt, or undefined when no retrier is left. The first retrier that names the error decides; each
 * counts for itself.
 */
export function secondsToRetry(
  retriers: readonly Retrier[] | undefined,
  error: string,
  used: UsedAttempts,
  random: () => number,
): number | undefined {
  const retrier = retriers?.find(({ ErrorEquals }) => namesError(ErrorEquals, error));
  if (!retrier) return undefined;
  const attempt = used.get(retrier) ?? 0;
  if (attempt >= (retrier.MaxAttempts ?? 3)) return undefined;
  used.set(retrier, attempt + 1);
  const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity, JitterStrategy } = retrier;
  const seconds = Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds);
  return JitterStrategy === "FULL" ? random() * seconds : seconds;
}
