/**
 * Lambda function of release control: looks at every category's experiment. It is called every few minutes, when a run ends and
 * when an alarm of the challenger goes off; what an event says is read anew, so an old or a forged one decides nothing.
 */
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SSMClient } from "@aws-sdk/client-ssm";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { COMPARISON_KEY } from "../../contracts/experiment";
import type { LookReport, RELEASE_ENVIRONMENT } from "../../contracts/functions";
import type { NightAssessment } from "../../forecasting/experiment/assess-night";
import { logLine } from "../api/log";
import { AwsTraffic } from "../endpoints/aws/traffic";
import { SageMakerEndpoint } from "../endpoints/aws/model-endpoint";
import { EndpointWarmer } from "../endpoints/warm-up";
import { JournalTable } from "../experiment/aws/journal-table";
import { ServiceMetrics } from "../experiment/aws/service-metrics";
import { beginApproved } from "../experiment/begin-experiment";
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
  LATENCY_P99_MILLISECONDS: z.coerce.number().positive(),
} satisfies Record<keyof typeof RELEASE_ENVIRONMENT, z.ZodType>);

/** What a look reads and moves; whom it tells, it says in its answer. */
interface Evaluator {
  readonly ports: Omit<EvaluatorPorts, "announce">;
  readonly settings: EvaluatorSettings;
}

/** Clients of everything that a look asks. */
export interface ReleaseClients {
  readonly sagemaker: SageMakerClient;
  readonly runtime: SageMakerRuntimeClient;
  readonly ssm: SSMClient;
  readonly s3: S3Client;
  readonly dynamo: DynamoDBClient;
  readonly cloudwatch: CloudWatchClient;
}

/** @throws Error naming each variable that is wrong */
export function evaluatorOf(
  env: Readonly<Record<string, string | undefined>>,
  { sagemaker, runtime, ssm, s3, dynamo, cloudwatch }: ReleaseClients,
): Evaluator {
  const read = environmentSchema.safeParse(env);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
    throw new Error(`environment of the release function: ${faults.join("; ")}`);
  }
  const settings = read.data;
  const now = () => Date.now();
  const metrics = new ServiceMetrics(cloudwatch, settings.ENDPOINT_NAME, now);
  const objects = new S3Objects(s3, settings.RESULTS_BUCKET);
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
      journal: new JournalTable(dynamo, settings.EXPERIMENTS_TABLE),
      traffic: new AwsTraffic(sagemaker, ssm),
      models: new ServedObjects(s3, settings.MODELS_BUCKET),
      warmer: new EndpointWarmer(new SageMakerEndpoint(runtime, { forecast: settings.ENDPOINT_NAME })),
      readComparison: async () => {
        const found = await objects.get(COMPARISON_KEY);
        return found && parseComparison(found.content.toString("utf8"), COMPARISON_KEY);
      },
      readWindows: (since) => metrics.windows(since),
      readAlarms: () => metrics.alarms(),
    },
  };
}

export function textOf({
  category,
  experimentId,
  from,
  to,
  action,
  reasons,
  isPaging,
}: Announcement): string {
  const what = from === to ? `${action} in ${to}` : `${from} to ${to}`;
  return [
    `${isPaging ? "ACTION " : ""}SmartRetail ${category}: ${what} (${action}, experiment ${experimentId})`,
    ...reasons.map((reason) => `- ${reason}`),
  ].join("\n");
}

/**
 * Looks at all categories side by side, and begins what was approved: one that fails, or goes back slowly, keeps no other waiting.
 *
 * @throws Error when a category could not be looked at and there is nothing to tell: Lambda passes on the answers of calls that
 * succeed alone. What failed beside news is in the answer, and the next look tries it again.
 */
export async function evaluateAll(
  { ports, settings }: Evaluator,
  write: (line: object) => void,
): Promise<LookReport> {
  const failures: string[] = [];
  const said: Announcement[] = [];
  const announce = (announcement: Announcement) => Promise.resolve(void said.push(announcement));
  const look = async (category: Category) => {
    try {
      const begun = await beginApproved(category, ports, settings);
      if (begun && "refused" in begun)
        write({ event: "experiment-refused", category, reason: begun.refused });
      const { written, outcome, unread } = await evaluateExperiment(
        category,
        { ...ports, announce },
        settings,
      );
      const decisions = written.length + (begun && "entry" in begun ? 1 : 0);
      const [entry] = await ports.journal.history(category, 1);
      write({ event: "experiment", category, ...outcome, revisions: decisions, unread });
      const experiment = entry?.state.experiment;
      const night = entry?.evidence.night as NightAssessment | undefined;
      if (experiment)
        write(
          experimentMetrics(
            { environment: settings.environment, category, at: ports.now(), decisions },
            experiment,
            night,
          ),
        );
    } catch (error) {
      const failure = `${category}: ${error instanceof Error ? error.message : String(error)}`;
      write({ event: "error", category, message: failure });
      failures.push(failure);
    }
  };
  await Promise.all(CATEGORIES.map(look));
  // A failed call is seen in the function's errors, and tried again.
  if (failures.length > 0 && said.length === 0) throw new Error(failures.join("; "));
  return {
    announced: said.length,
    calls: said.filter(({ isPaging }) => isPaging).length,
    texts: said.map(textOf),
    failures,
  };
}

let evaluator: Evaluator | undefined;

export const handler = (): Promise<LookReport> => {
  evaluator ??= evaluatorOf(process.env, {
    sagemaker: new SageMakerClient(),
    runtime: new SageMakerRuntimeClient(),
    ssm: new SSMClient(),
    s3: new S3Client(),
    dynamo: new DynamoDBClient(),
    cloudwatch: new CloudWatchClient(),
  });
  return evaluateAll(evaluator, logLine);
};
