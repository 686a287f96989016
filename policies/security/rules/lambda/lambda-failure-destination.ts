import type { ResourceCheck, StackCheck, StackRule } from "../../../kit";
import { EVENT_SOURCE, FUNCTION, INVOKE_CONFIG, PERMISSION } from "./functions";

const QUEUE = "aws:sqs/queue:Queue";
const EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const SCHEDULE = "aws:scheduler/schedule:Schedule";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

/** Services that invoke functions asynchronously: they do not wait for the answer, so a failure is theirs to nobody. */
const ASYNCHRONOUS =
  /^(s3|sns|events|scheduler|logs|ses|config|iot|codecommit|codepipeline|cloudformation)\.amazonaws\.com$/;

/** Resources that invoke functions asynchronously, with the property that names the function. */
const ASYNCHRONOUS_CALLERS: Readonly<Record<string, string>> = {
  [EVENT_TARGET]: "arn",
  [SCHEDULE]: "target.arn",
  [SUBSCRIPTION]: "endpoint",
};

export const lambdaFailureDestination: StackRule = {
  id: "lambda-failure-destination",
  title: "Failed asynchronous invocations of functions are kept",
  severity: "medium",
  rationale:
    "An asynchronous event that fails three times is dropped, and nobody learns of it. Who waits for the answer is told by it.",
  controls: [
    "CKV_AWS_116",
    "LambdaAsyncFailureDestination",
    "LambdaDLQ",
    "LambdaEventSourceMappingDestination",
    "LambdaEventSourceSQSVisibilityTimeout",
    "guard:lambda_dlq_check",
  ],
  inspects: {
    [FUNCTION]: ["deadLetterConfig.targetArn", "timeout"],
    [INVOKE_CONFIG]: ["destinationConfig.onFailure.destination"],
    [EVENT_SOURCE]: ["functionName", "eventSourceArn", "destinationConfig.onFailure.destinationArn"],
    [PERMISSION]: ["principal", "function"],
    [QUEUE]: ["visibilityTimeoutSeconds"],
    ...Object.fromEntries(Object.entries(ASYNCHRONOUS_CALLERS).map(([type, path]) => [type, [path]])),
  },
  remedy:
    "Set deadLetterConfig, or a FunctionEventInvokeConfig with onFailure; for a stream, onFailure of its mapping; give a source queue 6 times the function's timeout.",
  checkStack: (stack) => {
    for (const fn of stack.ofType(FUNCTION)) {
      const configs = stack.referring(fn, INVOKE_CONFIG, "functionName");
      const kept = configs.some((config) => config.at("destinationConfig.onFailure.destination").isSet);
      if (!kept && isInvokedAsynchronously(stack, fn))
        fn.present("deadLetterConfig.targetArn", "failed events are lost");
      for (const mapping of stack.referring(fn, EVENT_SOURCE, "functionName")) {
        checkQueue(stack, fn, mapping);
        checkStream(mapping);
      }
    }
  },
};

function isInvokedAsynchronously(stack: StackCheck, fn: ResourceCheck): boolean {
  const permitted = stack
    .referring(fn, PERMISSION, "function")
    .some((permission) => ASYNCHRONOUS.test(String(permission.at("principal").known ?? "")));
  return (
    permitted ||
    Object.entries(ASYNCHRONOUS_CALLERS).some(([type, path]) => stack.referring(fn, type, path).length > 0)
  );
}

/** Six times the timeout is what AWS asks for: less, and a slow message is handed out twice. */
function checkQueue(stack: StackCheck, fn: ResourceCheck, mapping: ResourceCheck): void {
  for (const queue of stack.targets(mapping, "eventSourceArn", QUEUE)) {
    const visible = queue.at("visibilityTimeoutSeconds").read<number>(30);
    const timeout = fn.at("timeout").read<number>(3);
    if (visible === undefined || timeout === undefined || visible >= 6 * timeout) continue;
    queue
      .at("visibilityTimeoutSeconds")
      .fail(`messages come back before ${fn.name} (${timeout} s) may have ended`);
  }
}

/** A record of a stream that fails until it expires blocks its shard, and is gone then. */
function checkStream(mapping: ResourceCheck): void {
  const source = mapping.at("eventSourceArn").known;
  if (typeof source === "string" && /^arn:[^:]+:(kinesis|dynamodb):/.test(source))
    mapping.present("destinationConfig.onFailure.destinationArn", "records that fail are lost");
}
