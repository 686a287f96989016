import type { State, States } from "./states";

export interface VisitedState {
  readonly name: string;
  readonly state: State;
  /** Names from the outermost state that holds it; a Parallel's branches by position. */
  readonly path: readonly string[];
  /** The flow that the state is one of. */
  readonly flow: States;
}

/** Every state of a machine, those inside Map and Parallel states too, each after the one that holds it. */
export function* walkStates(flow: States, path: readonly string[] = []): Generator<VisitedState> {
  for (const [name, state] of Object.entries(flow.States)) {
    const here = [...path, name];
    yield { name, state, path: here, flow };
    for (const [position, inner] of innerFlows(state).entries()) {
      yield* walkStates(inner, state.Type === "Parallel" ? [...here, String(position)] : here);
    }
  }
}

/** The flows that a state holds. */
export function innerFlows(state: State): readonly States[] {
  if (state.Type === "Map") return [state.ItemProcessor];
  return state.Type === "Parallel" ? state.Branches : [];
}

/** Names of the states that may follow, whatever happens. */
export function nextStates(state: State): readonly string[] {
  const caughtBy = "Catch" in state ? (state.Catch ?? []).map(({ Next }) => Next) : [];
  const own =
    state.Type === "Choice"
      ? [...state.Choices.map(({ Next }) => Next), state.Default]
      : "Next" in state
        ? [state.Next]
        : [];
  return [...own, ...caughtBy].filter((name): name is string => name !== undefined);
}
