import { charge, notKnownYet, unpriced, type Charge } from "./charge";
import { readPipeline, type Pipeline, type PipelineJob } from "./pipeline-jobs";
import { NOT_KNOWN_YET, textAt, type PlannedResource } from "./planned-resource";
import { HOURS_PER_MONTH, instancePriceKey } from "./price-table";
import type { Pricers, PricingContext } from "./pricer";
import { exactly, plus, times, type Range } from "./range";
import { runsPerMonth } from "./runs-per-month";

const STATE_MACHINE = "aws:sfn/stateMachine:StateMachine";
const SCHEDULE = "aws:scheduler/schedule:Schedule";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const RULE_TARGET = "aws:cloudwatch/eventTarget:EventTarget";

/** A state machine pays for the SageMaker jobs that its definition starts and for its own state transitions. */
export const PIPELINE_PRICERS: Pricers = {
  [STATE_MACHINE]: (machine, context) => {
    if (textAt(machine.inputs, "definition") === NOT_KNOWN_YET)
      return [notKnownYet(machine, "jobs", "definition")];
    const pipeline = pipelineOf(machine, context);
    if (pipeline === undefined) return [unpriced(machine, "definition", "it is not JSON")];
    const runs = executionsPerMonth(machine, context);
    if (runs === undefined)
      return [unpriced(machine, "executions", "a schedule expression of it cannot be read")];
    return [
      ...pipeline.jobs.flatMap((job) => priceJob(machine, job, runs, context)),
      charge(context.prices, machine, {
        what: `${describe(runs)} executions a month`,
        quantity: times(pipeline.states, runs, context.usage.transitionsPerState),
        priceKey: "step-functions-transition",
        assumptions: ["transitionsPerState"],
      }),
    ];
  },
};

/** A schedule pays for each time it fires, whatever it starts. */
export const SCHEDULE_PRICERS: Pricers = {
  [SCHEDULE]: (schedule, { prices }) => {
    const expression = textAt(schedule.inputs, "scheduleExpression");
    const runs = typeof expression === "string" ? runsPerMonth(expression) : undefined;
    if (runs === undefined)
      return [unpriced(schedule, "invocations", "its schedule expression cannot be read")];
    const quantity = exactly(isEnabled(schedule) ? runs : 0);
    return [charge(prices, schedule, { what: "invocations", quantity, priceKey: "eventbridge-schedule" })];
  },
};

/** A machine whose schedules are all disabled is started by hand. */
function isEnabled(schedule: PlannedResource): boolean {
  return textAt(schedule.inputs, "state") !== "DISABLED";
}

/** Definitions that were read; every machine asks all others whether they start it. */
const pipelines = new WeakMap<PricingContext, Map<string, Pipeline | undefined>>();

function pipelineOf(machine: PlannedResource, context: PricingContext): Pipeline | undefined {
  const definition = textAt(machine.inputs, "definition");
  if (typeof definition !== "string") return undefined;
  const known = pipelines.get(context) ?? new Map<string, Pipeline | undefined>();
  pipelines.set(context, known);
  if (!known.has(definition)) known.set(definition, readPipeline(definition, context.usage));
  return known.get(definition);
}

function describe({ minimum, maximum }: Range): string {
  const round = (value: number) => String(Math.round(value * 10) / 10);
  return minimum === maximum ? round(minimum) : `${round(minimum)}-${round(maximum)}`;
}

/** Executions a month by schedules, by event patterns, by other machines; undefined when an expression is unreadable. */
function executionsPerMonth(
  machine: PlannedResource,
  context: PricingContext,
  callers: readonly string[] = [],
): Range | undefined {
  if (callers.includes(machine.urn)) return exactly(0);
  const started = [
    ...scheduleRuns(machine, context),
    ...ruleRuns(machine, context),
    ...parentRuns(machine, context, [...callers, machine.urn]),
  ];
  if (started.length === 0) return context.usage.manualRunsPerMonth;
  if (started.some((runs) => runs === undefined)) return undefined;
  return plus(...(started as Range[]));
}

function scheduleRuns(machine: PlannedResource, { plan }: PricingContext): (Range | undefined)[] {
  return plan
    .ofType(SCHEDULE)
    .filter((schedule) => plan.refersTo(schedule, "target", machine) && isEnabled(schedule))
    .map((schedule) => {
      const expression = textAt(schedule.inputs, "scheduleExpression");
      const runs = typeof expression === "string" ? runsPerMonth(expression) : undefined;
      return runs === undefined ? undefined : exactly(runs);
    });
}

function ruleRuns(machine: PlannedResource, { plan, usage }: PricingContext): (Range | undefined)[] {
  return plan
    .ofType(RULE_TARGET)
    .filter((target) => plan.refersTo(target, "arn", machine))
    .map((target) => plan.ofType(RULE).find((rule) => plan.refersTo(target, "rule", rule)))
    .filter((rule) => rule === undefined || isEnabled(rule))
    .map((rule) => {
      if (rule === undefined) return undefined;
      const expression = textAt(rule.inputs, "scheduleExpression");
      if (expression === undefined) return usage.eventRunsPerMonth;
      const runs = typeof expression === "string" ? runsPerMonth(expression) : undefined;
      return runs === undefined ? undefined : exactly(runs);
    });
}

function parentRuns(
  machine: PlannedResource,
  context: PricingContext,
  callers: readonly string[],
): (Range | undefined)[] {
  const name = context.plan.physicalName(machine);
  const { usage } = context;
  if (name === undefined) return [];
  return context.plan.ofType(STATE_MACHINE).flatMap((parent) => {
    const calls = pipelineOf(parent, context)?.children.filter((child) => child.machine === name) ?? [];
    if (calls.length === 0) return [];
    const runs = executionsPerMonth(parent, context, callers);
    return calls.map((call) => {
      const asked = runs && times(call.runsPerExecution, runs);
      return call.runsPerExecution.minimum > 0
        ? asked
        : asked && atMost(asked, usage.conditionalRunsPerMonth);
    });
  });
}

const atMost = (range: Range, limit: Range): Range => ({
  minimum: Math.min(range.minimum, limit.minimum),
  expected: Math.min(range.expected, limit.expected),
  maximum: Math.min(range.maximum, limit.maximum),
});

function priceJob(
  machine: PlannedResource,
  job: PipelineJob,
  runs: Range,
  { prices, usage }: PricingContext,
): readonly Charge[] {
  const { instanceType, instanceCount } = job;
  const what = `${job.state}: ${job.kind}`;
  if (instanceType === undefined || instanceCount === undefined)
    return [unpriced(machine, what, "the execution's input chooses its instances")];
  const hours = jobHours(job, usage);
  const instanceHours = times(runs, job.runsPerExecution, hours, exactly(instanceCount));
  const saving = usage.spotSavingShare;
  const paidShare: Range = job.managedSpot
    ? { minimum: 1 - saving.maximum, expected: 1 - saving.expected, maximum: 1 - saving.minimum }
    : exactly(1);
  const length = job.kind === "transform" ? ("transformJobHours" as const) : ("jobRunShare" as const);
  const spot = job.managedSpot ? ", spot" : "";
  const instances = charge(prices, machine, {
    what: `${what}, ${describe(instanceHours)} h of ${instanceType}${spot}`,
    quantity: times(instanceHours, paidShare),
    priceKey: instancePriceKey(instanceType),
    assumptions: job.managedSpot ? [length, "spotSavingShare"] : [length],
  });
  if (job.volumeGigabytes === 0) return [instances];
  const volume = charge(prices, machine, {
    what: `${what}, ${job.volumeGigabytes} GB while it runs`,
    quantity: times(instanceHours, exactly(job.volumeGigabytes / HOURS_PER_MONTH)),
    priceKey: "ml-storage",
    assumptions: [length],
  });
  return [instances, volume];
}

function jobHours(job: PipelineJob, usage: PricingContext["usage"]): Range {
  if (job.kind !== "transform") return times(exactly(job.maximumHours ?? 0), usage.jobRunShare);
  const { minimum, expected, maximum } = usage.transformJobHours;
  const limit = job.maximumHours ?? maximum;
  return {
    minimum: Math.min(minimum, limit),
    expected: Math.min(expected, limit),
    maximum: Math.min(maximum, limit),
  };
}
