import { integrationOf } from "../integration";
import { callsIn, FUNCTION_NAMES, RESERVED_NAME } from "../jsonata-names";
import type { Machine, State, States } from "../states";
import { innerFlows, nextStates, walkStates } from "../walk-states";
import { ownFields, unassignedVariables, visitExpressions } from "./definite-variables";

/** Step Functions: a state's name has at most 80 characters. */
const STATE_NAME_MAX = 80;
/** Seconds of a year: no state may wait longer. */
const YEAR_SECONDS = 31_536_000;

/**
 * Mistakes that Step Functions, or a night, would find: one line each, with the state. What the published schema of the language
 * says is checked by asl-validator in the specs; this is what it passes over.
 */
export function checkMachine(machine: Machine): string[] {
  const states = [...walkStates(machine)];
  const lines = states.flatMap(({ state, path }) =>
    CHECKS.flatMap((check) => check(state).map((what) => `${path.join(" > ")}: ${what}`)),
  );
  const names = states.map(({ name }) => name);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  const broken = lines.some((line) => line.includes(" is no JSONata: "));
  return [
    ...(machine.QueryLanguage === "JSONata"
      ? []
      : [`QueryLanguage is ${String(machine.QueryLanguage)}; allowed: JSONata`]),
    ...twice.map((name) => `${name}: two states have this name; it must be one in the whole machine`),
    ...lines,
    ...flowsOf(machine).flatMap(checkFlow),
    ...shadowedVariables(machine, new Set()),
    ...(broken ? [] : unassignedVariables(machine)),
  ];
}

const CHECKS: readonly ((state: State) => string[])[] = [
  checkExpressions,
  checkAssignments,
  checkErrors,
  checkTask,
  (state) =>
    "Parameters" in state || "ResultPath" in state ? ["has fields of JSONPath; allowed: JSONata's"] : [],
];

function checkExpressions(state: State): string[] {
  const found: string[] = [];
  visitExpressions(ownFields(state), (source) => {
    try {
      if (callsIn(source).has("eval")) found.push("calls $eval, which Step Functions does not have");
    } catch (error) {
      found.push(error instanceof Error ? error.message : String(error));
    }
  });
  return found;
}

function checkAssignments(state: State): string[] {
  const parts = [
    state,
    ...("Catch" in state ? (state.Catch ?? []) : []),
    ...("Choices" in state ? state.Choices : []),
  ];
  const names = parts.flatMap((part) => Object.keys(("Assign" in part ? part.Assign : undefined) ?? {}));
  return names.flatMap((name) => {
    if (FUNCTION_NAMES.has(name)) return [`assigns "${name}", which the function $${name} hides`];
    if (name === RESERVED_NAME) return [`assigns "${name}", which Step Functions sets itself`];
    return /^[A-Za-z_][A-Za-z0-9_]{0,79}$/.test(name)
      ? []
      : [`assigns "${name}"; allowed: a letter, then letters, digits and _, 80 at most`];
  });
}

function checkErrors(state: State): string[] {
  const lists = (["Retry", "Catch"] as const).map((field) => ({
    field,
    entries: field in state ? ((state as { Retry?: object[]; Catch?: object[] })[field] ?? []) : [],
  }));
  return lists.flatMap(({ field, entries }) =>
    (entries as { ErrorEquals: readonly string[]; JitterStrategy?: string }[]).flatMap((entry, i) => {
      const hasAll = entry.ErrorEquals.includes("States.ALL");
      const isLast = i === entries.length - 1 && entry.ErrorEquals.length === 1;
      const jitter = entry.JitterStrategy;
      return [
        ...(hasAll && !isLast
          ? [`${field} has States.ALL beside or before others; allowed: alone and last`]
          : []),
        ...(entry.ErrorEquals.length === 0 ? [`${field} has an entry without errors`] : []),
        ...(jitter !== undefined && jitter !== "FULL" && jitter !== "NONE"
          ? [`JitterStrategy is ${jitter}; allowed: FULL, NONE`]
          : []),
      ];
    }),
  );
}

function checkTask(state: State): string[] {
  if (state.Type !== "Task") return [];
  const { Resource, TimeoutSeconds, HeartbeatSeconds } = state;
  const isLonger =
    typeof HeartbeatSeconds === "number" &&
    typeof TimeoutSeconds === "number" &&
    HeartbeatSeconds >= TimeoutSeconds;
  return [
    ...(integrationOf(Resource) ? [] : [`calls ${Resource}; allowed: a service integration`]),
    ...(isLonger
      ? [`HeartbeatSeconds ${HeartbeatSeconds} is not below TimeoutSeconds ${TimeoutSeconds}`]
      : []),
    ...(typeof TimeoutSeconds === "number" && (TimeoutSeconds < 1 || TimeoutSeconds > YEAR_SECONDS)
      ? [`TimeoutSeconds is ${TimeoutSeconds}; allowed: 1 to ${YEAR_SECONDS}`]
      : []),
  ];
}

function flowsOf(flow: States): States[] {
  return [flow, ...Object.values(flow.States).flatMap(innerFlows).flatMap(flowsOf)];
}

/** Every state is reached and leads somewhere that exists. */
function checkFlow(flow: States): string[] {
  const seen = new Set<string>();
  const open = [flow.StartAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const state = flow.States[name];
    if (state) open.push(...nextStates(state));
  }
  const names = Object.keys(flow.States);
  const ends = (state: State) =>
    ["Succeed", "Fail", "Choice"].includes(state.Type) || "End" in state || "Next" in state;
  return [
    ...[...seen].filter((name) => !(name in flow.States)).map((name) => `${name}: no such state`),
    ...names.filter((name) => !seen.has(name)).map((name) => `${name}: no way leads to it`),
    ...names.filter((name) => !ends(flow.States[name]!)).map((name) => `${name}: has neither Next nor End`),
    ...names
      .filter((name) => name.length > STATE_NAME_MAX)
      .map((name) => `${name}: has ${name.length} characters; at most ${STATE_NAME_MAX} are allowed`),
  ];
}

/** An inner flow cannot assign what an outer one has: Step Functions takes neither. */
function shadowedVariables(flow: States, outer: ReadonlySet<string>): string[] {
  const own = new Set(
    Object.values(flow.States).flatMap((state) =>
      [
        state,
        ...("Catch" in state ? (state.Catch ?? []) : []),
        ...("Choices" in state ? state.Choices : []),
      ].flatMap((part) => Object.keys(("Assign" in part ? part.Assign : undefined) ?? {})),
    ),
  );
  const clashes = [...own]
    .filter((name) => outer.has(name))
    .map((name) => `$${name}: is assigned in an outer flow too`);
  const visible = new Set([...outer, ...own]);
  return [
    ...clashes,
    ...Object.values(flow.States)
      .flatMap(innerFlows)
      .flatMap((inner) => shadowedVariables(inner, visible)),
  ];
}
