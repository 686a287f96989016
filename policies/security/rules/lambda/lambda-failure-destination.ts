import type { ResourceCheck, StackCheck, StackRule } from "../../../kit";
import { EVENT_SOURCE, FUNCTION, INVOKE_CONFIG } from "./functions";

const QUEUE = "aws:sqs/queue:Queue";

export const lambdaFailureDestination: StackRule = {
  id: "lambda-failure-destination",
  title: "Failed invocations of functions are kept",
  severity: "medium",
  rationale: "An asynchronous event that fails three times is dropped, and nobody learns of it.",
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
    [EVENT_SOURCE]: ["functionName", "eventSourceArn"],
    [QUEUE]: ["visibilityTimeoutSeconds"],
  },
  remedy:
    "Set deadLetterConfig, or a FunctionEventInvokeConfig with onFailure; give a source queue 6 times the function's timeout.",
  checkStack: (stack) => {
    for (const fn of stack.ofType(FUNCTION)) {
      const configs = stack.referring(fn, INVOKE_CONFIG, "functionName");
      const kept = configs.some((config) => config.at("destinationConfig.onFailure.destination").isSet);
      if (!kept) fn.present("deadLetterConfig.targetArn", "failed events are lost");
      for (const mapping of stack.referring(fn, EVENT_SOURCE, "functionName")) checkQueue(stack, fn, mapping);
    }
  },
};

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
