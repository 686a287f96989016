import fc from "fast-check";
import type { Json, State, States } from "../../../../asl/states";

/** A flow of steps over `{ n }`, from which both languages' machines are written. */
export type Step =
  | { readonly kind: "add"; readonly amount: number }
  | { readonly kind: "flaky"; readonly error: string; readonly failures: number; readonly attempts: number }
  | { readonly kind: "caught"; readonly error: string; readonly by: string }
  | { readonly kind: "wait" }
  | { readonly kind: "fail"; readonly error: string }
  | { readonly kind: "choose"; readonly above: number; readonly yes: Flow; readonly no: Flow }
  | { readonly kind: "branches"; readonly flows: readonly Flow[] }
  | { readonly kind: "map"; readonly count: number; readonly flow: Flow };
export type Flow = readonly Step[];

const errors = fc.constantFrom("Spot.Interrupted", "Data.Missing");
const leaf: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("add" as const), amount: fc.integer({ min: -5, max: 9 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("flaky" as const),
      error: errors,
      failures: fc.integer({ min: 0, max: 3 }),
      attempts: fc.integer({ min: 0, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("caught" as const),
      error: errors,
      by: fc.constantFrom("Spot.Interrupted", "States.TaskFailed", "States.ALL", "States.Timeout"),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "wait" as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fail" as const), error: errors }) },
);

export const { flow } = fc.letrec<{ flow: Flow; step: Step }>((tie) => ({
  flow: fc.array(tie("step"), { minLength: 1, maxLength: 4 }),
  step: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 5, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("choose" as const),
        above: fc.integer({ min: -3, max: 12 }),
        yes: tie("flow"),
        no: tie("flow"),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("branches" as const),
        flows: fc.array(tie("flow"), { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("map" as const),
        count: fc.integer({ min: 0, max: 3 }),
        flow: tie("flow"),
      }),
    },
  ),
}));

export type Language = "JSONata" | "JSONPath";

/** The machine of a flow in one of the languages; states have the same names in both. */
export function machineOf(steps: Flow, language: Language): { machine: States; stepOf: Map<string, Step> } {
  let count = 0;
  const stepOf = new Map<string, Step>();
  const pick = <T>(jsonata: T, jsonPath: T) => (language === "JSONata" ? jsonata : jsonPath);
  const n = pick({ Arguments: { n: "{% $states.input.n %}" } }, { Parameters: { "n.$": "$.n" } });

  const write = (flowSteps: Flow): States => {
    const states: Record<string, State> = {};
    const names = flowSteps.map(({ kind }) => `${kind} ${++count}`);
    flowSteps.forEach((step, i) => {
      const name = names[i]!;
      const next = names[i + 1];
      stepOf.set(name, step);
      const onward = next === undefined ? { End: true } : { Next: next };
      const add = (key: string, state: object) => (states[key] = state as State);
      const task = (more: object) => ({ Type: "Task", Resource: "arn:aws:states:::work", ...n, ...more });
      if (step.kind === "add") add(name, task(onward));
      if (step.kind === "flaky")
        add(name, task({ Retry: [{ ErrorEquals: [step.error], MaxAttempts: step.attempts }], ...onward }));
      if (step.kind === "caught") {
        const Catch = [
          {
            ErrorEquals: [step.by],
            Next: `${name} handler`,
            ...pick<object>({ Output: { n: 100, error: "{% $states.errorOutput.Error %}" } }, {}),
          },
        ];
        add(name, task({ Catch, ...onward }));
        add(`${name} handler`, {
          Type: "Pass",
          ...pick<object>({}, { Parameters: { n: 100, "error.$": "$.Error" } }),
          ...onward,
        });
      }
      if (step.kind === "wait") add(name, { Type: "Wait", Seconds: 60, ...onward });
      if (step.kind === "fail") add(name, { Type: "Fail", Error: step.error, Cause: "as told" });
      if (step.kind === "choose") {
        const [yes, no] = [write(step.yes), write(step.no)];
        const rule = pick<object>(
          { Condition: `{% $states.input.n > ${step.above} %}` },
          { Variable: "$.n", NumericGreaterThan: step.above },
        );
        add(name, { Type: "Choice", Choices: [{ ...rule, Next: yes.StartAt }], Default: no.StartAt });
        // Both ways come together at the next step.
        for (const way of [yes, no])
          for (const [key, state] of Object.entries(way.States))
            add(key, "End" in state && state.End ? { ...state, End: undefined, ...onward } : state);
      }
      const inner = { Type: "Task", Resource: "arn:aws:states:::work", ...onward };
      const sum = (key: string) =>
        add(key, {
          ...inner,
          ...pick<object>({ Arguments: { all: "{% $states.input %}" } }, { Parameters: { "all.$": "$" } }),
        });
      if (step.kind === "branches") {
        add(name, { Type: "Parallel", Branches: step.flows.map(write), Next: `${name} sum` });
        sum(`${name} sum`);
      }
      if (step.kind === "map") {
        add(name, { ...task({ Next: `${name} items` }) });
        add(`${name} items`, {
          Type: "Map",
          MaxConcurrency: 2,
          ...pick<object>(
            {
              Items: "{% $states.input.items %}",
              ItemSelector: { n: "{% $states.context.Map.Item.Value %}" },
            },
            { ItemsPath: "$.items", ItemSelector: { "n.$": "$$.Map.Item.Value" } },
          ),
          ItemProcessor: write(step.flow),
          Next: `${name} sum`,
        });
        sum(`${name} sum`);
      }
    });
    return { StartAt: names[0]!, States: states };
  };
  return { machine: write(steps), stepOf };
}

/** What the tasks of a flow answer; a new one for each run, as flaky ones count. */
export function answering(stepOf: ReadonlyMap<string, Step>, fail: (error: string) => never) {
  const failed = new Map<string, number>();
  return (state: string, input: Json): Json => {
    const { n = 0, all } = input as { n?: number; all?: readonly { n: number }[] };
    if (all) return { n: all.reduce((sum, each) => sum + each.n, 0) };
    const step = stepOf.get(state)!;
    const key = `${state} ${n}`;
    const before = failed.get(key) ?? 0;
    if (step.kind === "caught" || (step.kind === "flaky" && before < step.failures)) {
      failed.set(key, before + 1);
      fail(step.error);
    }
    if (step.kind === "map")
      return { items: Array.from({ length: step.count }, (_, i) => n * 1000 + i * 100) };
    return { n: step.kind === "add" ? n + step.amount : n };
  };
}
