import type { Assignments, Catcher, Json, TaskState } from "../../asl/states";
import { CALL_RETRIES, CALL_TIMEOUT_SECONDS } from "./retries";

interface CallOptions {
  readonly assign?: Assignments;
  readonly output?: Json;
  readonly catches?: readonly Catcher[];
  readonly next?: string;
  readonly comment?: string;
}

/**
 * One call that answers at once.
 *
 * @param call `dynamodb:putItem` where Step Functions has an integration of its own, else `aws-sdk:s3:getObject`
 */
export function callTask(call: string, args: Json, options: CallOptions = {}): TaskState {
  const { assign, output, catches, next, comment } = options;
  return {
    Type: "Task",
    ...(comment === undefined ? {} : { Comment: comment }),
    Resource: `arn:aws:states:::${call}`,
    Arguments: args,
    TimeoutSeconds: CALL_TIMEOUT_SECONDS,
    Retry: CALL_RETRIES,
    ...(catches ? { Catch: catches } : {}),
    ...(assign ? { Assign: assign } : {}),
    ...(output === undefined ? {} : { Output: output }),
    ...(next === undefined ? {} : { Next: next }),
  };
}
