/** Lambda function of the operations getOrder and confirmOrder; contracts/api.ts says what it reads from its environment. */
import { S3Client } from "@aws-sdk/client-s3";
import { systemClock } from "../api/clock";
import { dispatcher } from "../api/dispatch";
import { readEnvironment } from "../api/environment";
import { lambdaHandler } from "../api/lambda";
import { logError } from "../api/log";
import { answerOrder, confirmOrder, type OrderPorts } from "../api/orders/answer-order";
import { S3Objects } from "../stores/aws/s3-objects";
import { NightFiles } from "../stores/night-files";
import { publishedNight } from "../stores/published-night";

export function orderPorts(env: NodeJS.ProcessEnv): OrderPorts {
  const { RESULTS_BUCKET } = readEnvironment("orders", env);
  const objects = new S3Objects(new S3Client({}), RESULTS_BUCKET);
  return {
    night: new NightFiles(objects, publishedNight(objects, RESULTS_BUCKET), systemClock.now),
    objects,
    clock: systemClock,
  };
}

let handle: ReturnType<typeof lambdaHandler> | undefined;

export const handler: ReturnType<typeof lambdaHandler> = (event) => {
  handle ??= lambdaHandler(handlersOf(orderPorts(process.env)));
  return handle(event);
};

const handlersOf = (ports: OrderPorts) =>
  dispatcher({ getOrder: answerOrder(ports), confirmOrder: confirmOrder(ports) }, logError);
