import type { Catcher, State, States } from "./states";

type StateTable = Readonly<Record<string, State>>;

/** States without a way onward go to the next of the table; the last one ends the flow. */
export function flow(states: StateTable): States {
  const names = Object.keys(states);
  const [first] = names;
  if (first === undefined) throw new Error("a flow has no state; allowed: one or more");
  const linked = names.map((name, i) => [name, linkedTo(states[name]!, names[i + 1])]);
  return { StartAt: first, States: Object.fromEntries(linked) as StateTable };
}

function linkedTo(state: State, next: string | undefined): State {
  if (state.Type === "Succeed" || state.Type === "Fail") return state;
  if (state.Type === "Choice") {
    return state.Default !== undefined || next === undefined ? state : { ...state, Default: next };
  }
  if (state.Next !== undefined || state.End) return state;
  return next === undefined ? { ...state, End: true } : { ...state, Next: next };
}

/** Every Task, Map and Parallel of the table that does not catch all errors itself goes on with `catcher`. */
export function caught(catcher: Catcher, states: StateTable): StateTable {
  const entries = Object.entries(states).map(([name, state]) => {
    if (state.Type !== "Task" && state.Type !== "Map" && state.Type !== "Parallel") return [name, state];
    const own = state.Catch ?? [];
    const catchesAll = own.some(({ ErrorEquals }) => ErrorEquals.includes("States.ALL"));
    return [name, catchesAll ? state : { ...state, Catch: [...own, catcher] }];
  });
  return Object.fromEntries(entries) as StateTable;
}
