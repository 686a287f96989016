/**
 * Lambda function of release control: looks at every category's experiment. It is called on a schedule, by the nightly run and
 * by the state changes of the variants' alarms; what an event says is read anew, so an old or a forged one decides nothing.
 */
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SSMClient } from "@aws-sdk/client-ssm";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { COMPARISON_KEY } from "../../contracts/experiment";
import type { NightAssessment } from "../../forecasting/experiment/assess-night";
import { logLine } from "../api/log";
import { AwsEndpointControl } from "../endpoints/aws/endpoint-control";
import { SageMakerEndpoint } from "../endpoints/aws/model-endpoint";
import { EndpointWarmer } from "../endpoints/warm-up";
import { JournalTable } from "../experiment/aws/journal-table";
import { ServiceMetrics } from "../experiment/aws/service-metrics";
import { parseComparison } from "../experiment/comparison-file";
import { evaluateExperiment } from "../experiment/evaluate-experiment";
import type { Announcement, EvaluatorPorts, EvaluatorSettings } from "../experiment/evaluator-ports";
import { experimentMetrics } from "../experiment/metric-lines";
import { ServedObjects } from "../models/aws/served-objects";
import { S3Objects } from "../stores/aws/s3-objects";

const environmentSchema = z.object({
  SMARTRETAIL_ENVIRONMENT: z.string().min(1),
  ENDPOINT_NAME: z.string().min(1),
  EXPERIMENTS_TABLE: z.string().min(1),
  MODELS_BUCKET: z.string().min(1),
  RESULTS_BUCKET: z.string().min(1),
  ALERTS_TOPIC_ARN: z.string().startsWith("arn:"),
  LATENCY_P99_MILLISECONDS: z.coerce.number().positive(),
});

interface Evaluator {
  readonly ports: EvaluatorPorts;
  readonly settings: EvaluatorSettings;
}

function evaluatorOf(env: NodeJS.ProcessEnv): Evaluator {
  const settings = environmentSchema.parse(env);
  const now = () => Date.now();
  const metrics = new ServiceMetrics(new CloudWatchClient(), settings.ENDPOINT_NAME, now);
  const s3 = new S3Client();
  const objects = new S3Objects(s3, settings.RESULTS_BUCKET);
  const sns = new SNSClient();
  return {
    settings: {
      environment: settings.SMARTRETAIL_ENVIRONMENT,
      endpointName: settings.ENDPOINT_NAME,
      latencyP99Milliseconds: settings.LATENCY_P99_MILLISECONDS,
      by: "release control",
    },
    ports: {
      now,
      sleep: async (milliseconds) => void (await sleep(milliseconds)),
      journal: new JournalTable(new DynamoDBClient(), settings.EXPERIMENTS_TABLE),
      traffic: new AwsEndpointControl({
        sagemaker: new SageMakerClient(),
        ssm: new SSMClient(),
        scaling: new ApplicationAutoScalingClient(),
      }),
      models: new ServedObjects(s3, settings.MODELS_BUCKET),
      warmer: new EndpointWarmer(
        new SageMakerEndpoint(new SageMakerRuntimeClient(), { forecast: settings.ENDPOINT_NAME }),
      ),
      readComparison: async () => {
        const found = await objects.get(COMPARISON_KEY);
        return found && parseComparison(found.content.toString("utf8"), COMPARISON_KEY);
      },
      readWindows: (since) => metrics.windows(since),
      readAlarms: () => metrics.alarms(),
      announce: async (announcement) => {
        const message = messageOf(announcement);
        await sns.send(new PublishCommand({ TopicArn: settings.ALERTS_TOPIC_ARN, ...message }));
      },
    },
  };
}

/** SNS: a subject has at most 100 characters of ASCII. */
const SUBJECT_MAX = 100;

export function messageOf({ category, experimentId, from, to, action, reasons, isPaging }: Announcement) {
  const what = from === to ? `${action} in ${to}` : `${from} to ${to}`;
  return {
    Subject: `${isPaging ? "ACTION " : ""}SmartRetail ${category}: ${what}`.slice(0, SUBJECT_MAX),
    Message: [
      `Experiment ${experimentId}`,
      `${action}: ${what}`,
      ...reasons.map((reason) => `- ${reason}`),
    ].join("\n"),
  };
}

/** Looks at all categories side by side: one that fails, or goes back slowly, keeps no other waiting. */
export async function evaluateAll(
  { ports, settings }: Evaluator,
  write: (line: object) => void,
): Promise<void> {
  const failures: string[] = [];
  const look = async (category: Category) => {
    try {
      const { written, outcome, unread } = await evaluateExperiment(category, ports, settings);
      const [entry] = await ports.journal.history(category, 1);
      write({ event: "experiment", category, ...outcome, revisions: written.length, unread });
      const experiment = entry?.state.experiment;
      const night = entry?.evidence.night as NightAssessment | undefined;
      if (experiment)
        write(experimentMetrics(settings.environment, category, experiment, night, ports.now()));
    } catch (error) {
      failures.push(`${category}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await Promise.all(CATEGORIES.map(look));
  // A failed call is seen in the function's errors, and tried again.
  if (failures.length > 0) throw new Error(failures.join("; "));
}

let evaluator: Evaluator | undefined;

export const handler = async (): Promise<void> => {
  evaluator ??= evaluatorOf(process.env);
  await evaluateAll(evaluator, logLine);
};
