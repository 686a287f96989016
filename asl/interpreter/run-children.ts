import type { Json, MapState, ParallelState } from "../states";
import { checkPayload, fill, fillNumber, type Strand, type Visit } from "./run";
import { StateError } from "./state-error";

/** All branches at once, each from the same input; the first that fails ends the others. */
export async function runParallel(visit: Visit, state: ParallelState): Promise<Json> {
  const { run, name } = visit;
  const input = state.Arguments === undefined ? visit.input : await fill(visit, state.Arguments);
  return runTogether(visit, state.Branches.length, state.Branches.length, (i, strand) =>
    run.runStates(state.Branches[i]!, input, { ...strand, path: [...strand.path, name, i] }),
  );
}

/** One strand an item, `MaxConcurrency` at a time (0: all); the results are in the order of the items. */
export async function runMap(visit: Visit, state: MapState): Promise<Json> {
  const { run, name } = visit;
  const mode = state.ItemProcessor.ProcessorConfig?.Mode ?? "INLINE";
  if (mode !== "INLINE") {
    throw new StateError("States.Runtime", `Map "${name}" is ${mode}: only INLINE runs here`);
  }
  if (state.ToleratedFailureCount !== undefined || state.ToleratedFailurePercentage !== undefined) {
    throw new StateError("States.Runtime", `Map "${name}" tolerates failures: only a distributed one does`);
  }
  const items = state.Items === undefined ? visit.input : await fill(visit, state.Items);
  if (!Array.isArray(items)) {
    throw new StateError("States.QueryEvaluationError", `Items of "${name}" are no array`);
  }
  const limit =
    state.MaxConcurrency === undefined ? 0 : await fillNumber(visit, state.MaxConcurrency, "MaxConcurrency");
  return runTogether(visit, items.length, limit || items.length, async (Index, strand) => {
    const mapItem = { Index, Value: items[Index] as Json };
    const input =
      state.ItemSelector === undefined
        ? mapItem.Value
        : checkPayload(await fill(visit, state.ItemSelector, {}, mapItem), `item ${Index} of "${name}"`);
    return run.runStates(state.ItemProcessor, input, {
      ...strand,
      path: [...strand.path, name, Index],
      mapItem,
    });
  });
}

async function runTogether(
  { strand }: Visit,
  count: number,
  limit: number,
  start: (i: number, strand: Strand) => Promise<Json>,
): Promise<Json> {
  const failed = new AbortController();
  const inner = { ...strand, signal: AbortSignal.any([strand.signal, failed.signal]) };
  const results: Json[] = [];
  let first: unknown;
  let next = 0;
  const work = async () => {
    while (next < count && !inner.signal.aborted) {
      const i = next++;
      try {
        results[i] = await start(i, inner);
      } catch (error) {
        if (!failed.signal.aborted) first = error;
        failed.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, count) }, work));
  if (failed.signal.aborted) throw first;
  return results;
}
