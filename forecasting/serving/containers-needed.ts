/** Share of requests that find all of `containers` busy when those who do are served elsewhere (Erlang's B formula). */
export function busyShare(containers: number, load: number): number {
  let share = 1;
  for (let n = 1; n <= containers; n++) share = (load * share) / (n + load * share);
  return share;
}

/** SageMaker: provisioned concurrency of one endpoint is at most 200. */
const MOST_CONTAINERS = 200;

/**
 * Fewest containers kept warm for which at most `coldShare` of the requests meet none of them: where the 99th percentile
 * counts, less than a hundredth may start cold, however rare a cold start is otherwise.
 *
 * @returns undefined where even the most that SageMaker keeps warm are too few
 */
export function containersNeeded(
  {
    requestsPerSecond,
    secondsPerRequest,
  }: { readonly requestsPerSecond: number; readonly secondsPerRequest: number },
  coldShare: number,
): number | undefined {
  const load = requestsPerSecond * secondsPerRequest;
  for (let containers = 1; containers <= MOST_CONTAINERS; containers++) {
    if (busyShare(containers, load) <= coldShare) return containers;
  }
  return undefined;
}
