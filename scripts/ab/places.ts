import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Category } from "../../contracts/categories";
import { COMPARISON_FILE, COMPARISON_KEY, experimentTableName } from "../../contracts/experiment";
import { outputParameterName } from "../../contracts/outputs";
import type { Variant } from "../../contracts/variants";
import { modelPointer } from "../../contracts/parameters";
import { planEnvironment } from "../../preview/plan-environment";
import { TrafficFiles } from "../../runtime/endpoints/local/traffic-files";
import { EndpointWarmer, NO_CONTAINERS } from "../../runtime/endpoints/warm-up";
import { UserError } from "../../runtime/engine/files/clear-error";
import { compareNights } from "../../runtime/experiment/compare-nights";
import { type NightComparison, parseComparison } from "../../runtime/experiment/comparison-file";
import type { EvaluatorPorts, EvaluatorSettings } from "../../runtime/experiment/evaluator-ports";
import { JournalFolder } from "../../runtime/experiment/local/journal-folder";
import { ServedFolders } from "../../runtime/models/local/served-folders";
import { ModelStore } from "../../runtime/models/model-store";
import { namePrefix } from "../../stacks/context";
import { parseSettings } from "../../stacks/settings";
import { awsControl } from "../rollout/aws-control";
import { endpointsOfPlan } from "../rollout/endpoints-of-plan";

/** Where an experiment is: on this machine or in a stack. */
export interface Place {
  readonly ports: Omit<EvaluatorPorts, "announce">;
  readonly settings: Omit<EvaluatorSettings, "by">;
  /** Compares what the nights have left; undefined where a job does it. */
  readonly compare?: () => Promise<NightComparison | undefined>;
}

/** Limit of a model on this machine: what the setting of the stacks is by default. */
const LATENCY_P99_MILLISECONDS = 400;

const clock = {
  now: () => Date.now(),
  sleep: async (milliseconds: number) => void (await sleep(milliseconds)),
};
const nothing = () => Promise.resolve([]);

/** @param week folder of a forecast week; journal, weights and nights are beside it */
export function localPlace(week: string, nights = join(dirname(week), "nights")): Place {
  const root = dirname(week);
  const models = join(week, "models");
  if (!existsSync(models)) {
    throw new UserError(`${week} is no forecast week: npm run forecast makes one`);
  }
  const out = join(root, "comparison");
  const readComparison = async () => {
    const path = join(out, COMPARISON_FILE);
    return existsSync(path) ? parseComparison(await readFile(path, "utf8"), path) : undefined;
  };
  return {
    settings: {
      environment: "local",
      endpointName: "local",
      latencyP99Milliseconds: LATENCY_P99_MILLISECONDS,
    },
    ports: {
      ...clock,
      journal: new JournalFolder(join(root, "experiments")),
      traffic: new TrafficFiles(join(root, "experiments", "endpoint.json"), new ModelStore(models)),
      models: new ServedFolders({ champion: models, challenger: models }),
      warmer: NO_CONTAINERS,
      readComparison,
      // No endpoint, no windows and no alarms: what needs them waits, or a person says so.
      readWindows: nothing,
      readAlarms: nothing,
    },
    compare: async () => {
      const folder = existsSync(nights) ? nights : join(week, "forecasts");
      await compareNights({ lake: join(week, "lake"), nights: [folder], out });
      return readComparison();
    },
  };
}

/** The live stack of the caller's credentials; its nights are compared by a job. */
export async function stackPlace(stack: string): Promise<Place> {
  const plan = await planEnvironment(stack);
  const [endpoint, ...others] = endpointsOfPlan(plan.recording);
  if (endpoint === undefined || others.length > 0) {
    throw new UserError(
      `stack ${stack} has ${others.length + 1} serverless endpoints; an experiment needs one with variants`,
    );
  }
  const { region, config } = plan;
  const { endpointName } = endpoint;
  const { environment, latencyP99Milliseconds } = parseSettings(config.config);
  const traffic = await awsControl(region);
  const bucketOf = (name: "models" | "results") =>
    traffic.readPointer(outputParameterName(environment, ["buckets", name]));
  const [aws, bucket, modelsBucket] = await Promise.all([loadAws(), bucketOf("results"), bucketOf("models")]);
  const metrics = new aws.ServiceMetrics(new aws.CloudWatchClient({ region }), endpointName, clock.now);
  const s3 = new aws.S3Client({ region });
  const objects = new aws.S3Objects(s3, bucket);
  return {
    settings: { environment, endpointName, latencyP99Milliseconds },
    ports: {
      ...clock,
      journal: new aws.JournalTable(
        new aws.DynamoDBClient({ region }),
        experimentTableName(namePrefix({ environment })),
      ),
      traffic,
      models: new aws.ServedObjects(s3, modelsBucket),
      warmer: new EndpointWarmer(
        new aws.SageMakerEndpoint(new aws.SageMakerRuntimeClient({ region }), { forecast: endpointName }),
      ),
      readComparison: async () => {
        const found = await objects.get(COMPARISON_KEY);
        return found && parseComparison(found.content.toString("utf8"), `s3://${bucket}/${COMPARISON_KEY}`);
      },
      readWindows: (since) => metrics.windows(since),
      readAlarms: () => metrics.alarms(),
    },
  };
}

/** Loaded here and not before: this machine's experiments need none of it. */
async function loadAws() {
  const [dynamo, cloudwatch, s3, runtime, journal, service, objects, served, endpoint] = await Promise.all([
    import("@aws-sdk/client-dynamodb"),
    import("@aws-sdk/client-cloudwatch"),
    import("@aws-sdk/client-s3"),
    import("@aws-sdk/client-sagemaker-runtime"),
    import("../../runtime/experiment/aws/journal-table.js"),
    import("../../runtime/experiment/aws/service-metrics.js"),
    import("../../runtime/stores/aws/s3-objects.js"),
    import("../../runtime/models/aws/served-objects.js"),
    import("../../runtime/endpoints/aws/model-endpoint.js"),
  ]);
  return {
    ...dynamo,
    ...cloudwatch,
    ...s3,
    ...runtime,
    ...journal,
    ...service,
    ...objects,
    ...served,
    ...endpoint,
  };
}

export function currentVersion(
  { ports, settings }: Place,
  variant: Variant,
  category: Category,
): Promise<string> {
  return ports.traffic.readPointer(modelPointer(settings.environment, variant, category));
}
