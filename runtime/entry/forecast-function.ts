/** Lambda function of the operations forecast and health; contracts/api.ts says what it reads from its environment. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerFeatureStoreRuntimeClient } from "@aws-sdk/client-sagemaker-featurestore-runtime";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { SplitReader } from "../../contracts/experiment";
import { systemClock } from "../api/clock";
import { dispatcher } from "../api/dispatch";
import { readEnvironment } from "../api/environment";
import { answerForecast, type ForecastPorts } from "../api/forecast/answer-forecast";
import { Router } from "../api/forecast/router";
import { answerHealth } from "../api/health";
import { lambdaHandler } from "../api/lambda";
import { logError, logLine } from "../api/log";
import { SageMakerEndpoint } from "../endpoints/aws/model-endpoint";
import { FeatureStore } from "../stores/aws/feature-store";
import { S3Objects } from "../stores/aws/s3-objects";
import { JournalTable } from "../experiment/aws/journal-table";
import { JournalSplits } from "../experiment/journal";
import { SsmPointers } from "../stores/aws/ssm-pointers";
import { NightFiles } from "../stores/night-files";
import { publishedNight } from "../stores/published-night";

/** One retry: the answer has half a second, and a fallback for whatever is late. */
const MAX_ATTEMPTS = 2;

const NO_EXPERIMENTS: SplitReader = { readSplit: () => Promise.resolve(undefined) };

/** Clients outlive a request: connections stay open between them. */
export function forecastPorts(env: NodeJS.ProcessEnv): ForecastPorts {
  const settings = readEnvironment("forecast", env);
  const options = { maxAttempts: MAX_ATTEMPTS };
  const objects = new S3Objects(new S3Client(options), settings.RESULTS_BUCKET);
  const pointers = new SsmPointers(new SSMClient(options), settings.SMARTRETAIL_ENVIRONMENT);
  const table = settings.EXPERIMENTS_TABLE;
  const splits =
    table === undefined
      ? NO_EXPERIMENTS
      : new JournalSplits(new JournalTable(new DynamoDBClient(options), table));
  return {
    night: new NightFiles(objects, publishedNight(objects, settings.RESULTS_BUCKET), systemClock.now),
    features: new FeatureStore(new SageMakerFeatureStoreRuntimeClient(options), settings.FEATURE_GROUP_NAME),
    endpoint: new SageMakerEndpoint(new SageMakerRuntimeClient(options), settings.ENDPOINT_NAMES),
    router: new Router(pointers, splits, systemClock.now),
    clock: systemClock,
    log: logLine,
    deadlineMilliseconds: settings.DEADLINE_MILLISECONDS,
  };
}

let handle: ReturnType<typeof lambdaHandler> | undefined;

export const handler: ReturnType<typeof lambdaHandler> = (event) => {
  handle ??= lambdaHandler(handlersOf(forecastPorts(process.env)));
  return handle(event);
};

const handlersOf = (ports: ForecastPorts) =>
  dispatcher({ forecast: answerForecast(ports), health: answerHealth(ports) }, logError);
