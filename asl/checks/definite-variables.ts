import { sourceOf } from "../expression";
import { variablesIn } from "../jsonata-names";
import type { State, States } from "../states";
import { innerFlows } from "../walk-states";

type Names = ReadonlySet<string>;

/** A way from one state to another, and what it assigns. */
interface Way {
  readonly to: string;
  readonly assigns: readonly string[];
}

/**
 * Variables that a state reads and that some way to it has not assigned: Step Functions finds those when the night has come
 * that far. Every way counts, those of errors too.
 */
export function unassignedVariables(flow: States, outer: Names = new Set()): string[] {
  const known = knownOnEntry(flow, outer);
  return Object.entries(flow.States).flatMap(([name, state]) => {
    const here = known.get(name);
    // Not reachable: another check says so.
    if (here === undefined) return [];
    const missing = [...namesRead(state)].filter((variable) => !here.has(variable)).sort();
    return [
      ...missing.map((variable) => `${name}: $${variable} may not have been assigned`),
      ...innerFlows(state).flatMap((inner) => unassignedVariables(inner, here)),
    ];
  });
}

/** For each state that can be reached, the variables that every way to it has assigned. */
function knownOnEntry(flow: States, outer: Names): ReadonlyMap<string, Names> {
  const known = new Map<string, Names>([[flow.StartAt, outer]]);
  const open = [flow.StartAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = flow.States[name];
    const here = known.get(name);
    if (!state || !here) continue;
    for (const { to, assigns } of waysFrom(state)) {
      const after = new Set([...here, ...assigns]);
      const before = known.get(to);
      const both =
        before === undefined ? after : new Set([...before].filter((variable) => after.has(variable)));
      if (before !== undefined && both.size === before.size) continue;
      known.set(to, both);
      open.push(to);
    }
  }
  return known;
}

function waysFrom(state: State): Way[] {
  const assigned = (part: object) => Object.keys(("Assign" in part ? part.Assign : undefined) ?? {});
  const ways: Way[] = [];
  if (state.Type === "Choice") {
    ways.push(...state.Choices.map((choice) => ({ to: choice.Next, assigns: assigned(choice) })));
    if (state.Default !== undefined) ways.push({ to: state.Default, assigns: assigned(state) });
  } else if ("Next" in state && state.Next !== undefined) {
    ways.push({ to: state.Next, assigns: assigned(state) });
  }
  const catchers = "Catch" in state ? (state.Catch ?? []) : [];
  return [...ways, ...catchers.map((catcher) => ({ to: catcher.Next, assigns: assigned(catcher) }))];
}

/** What the state itself reads; the states inside it are looked at one by one. */
function namesRead(state: State): Names {
  const read = new Set<string>();
  visitExpressions(ownFields(state), (source) => {
    for (const name of variablesIn(source)) read.add(name);
  });
  return read;
}

/** Calls `visit` with the source of every expression in a value. */
export function visitExpressions(value: unknown, visit: (source: string) => void): void {
  const source = sourceOf(value);
  if (source !== undefined) visit(source);
  else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) visitExpressions(part, visit);
  }
}

/** A state without the flows inside it. */
export function ownFields(state: State): object {
  const inner = ["ItemProcessor", "Branches"];
  return Object.fromEntries(Object.entries(state).filter(([field]) => !inner.includes(field)));
}
