import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES, type Category } from "../../../../contracts/categories";
import { COMPARISON_FILE } from "../../../../contracts/experiment";
import { modelPointer } from "../../../../contracts/parameters";
import {
  type Completeness,
  type NightDecisions,
  RUN_DOCUMENTS,
  type RunPlan,
  type TrainingSet,
  type Verdict,
} from "../../../../contracts/run-documents";
import { deliveryKey, INCOMING_PREFIX, publishedKey } from "../../../../contracts/runs";
import { VARIANTS } from "../../../../contracts/variants";
import type { Json } from "../../../../asl/states";
import { localAnswers } from "../../../../runtime/pipelines/local/answer-task";
import { LocalCloud } from "../../../../runtime/pipelines/local/local-cloud";
import { localPlace } from "../../../../runtime/pipelines/local/local-place";
import type { Answer } from "../../../../runtime/pipelines/local/run-execution";
import { setParameter } from "../../../../runtime/pipelines/local/services";

export const RUN_DATE = "2026-11-25";
const CUTOFF = "2026-11-24";
const SERIES = 40;

/** Documents that the machine reads from jobs, as a spec wants them. */
export interface Documents {
  readonly plan?: Partial<RunPlan>;
  readonly completeness?: Partial<Completeness>;
  readonly decisions?: Partial<NightDecisions>;
  /** What the gate says of each category. @default accepted */
  readonly reasons?: (category: string) => readonly string[];
}

export const PLAN: RunPlan = {
  cutoff: CUTOFF,
  seriesCount: SERIES,
  shards: [0, 1].map((number) => ({
    number,
    blocks: [number],
    storeCount: 2,
    stores: [`S${number}1`, `S${number}2`],
  })),
  missingStoreCount: 0,
  missingStores: [],
  features: { from: "2026-05-01", to: CUTOFF },
};

const COMPLETE: Completeness = {
  expected: 7 * SERIES,
  found: 7 * SERIES,
  missingCount: 0,
  nanCount: 0,
  negativeCount: 0,
  missingSeriesCount: 0,
  missingStoreCount: 0,
  missingSkuCount: 0,
  missing: [],
  missingStores: [],
  missingSkus: [],
  categories: CATEGORIES.map((category) => ({ category, expected: 70, found: 70 })),
};

const CALM: NightDecisions = { day: CUTOFF, retrain: [], decisionCount: 0, decisions: [], calibrations: [] };

/** An account with a week, a lake of the day before and the day's files: what a night begins with. */
export function openCloud(root: string): LocalCloud {
  const cloud = new LocalCloud(root);
  const { buckets } = localPlace();
  const put = (bucket: keyof typeof buckets, key: string, value: object) =>
    cloud.writeText(JSON.stringify(value), cloud.objectPath(buckets[bucket], key));
  const uri = (name: string) => `s3://${buckets.processed}/before/${name}`;
  for (const name of ["lake", "baseline", "evaluation"])
    put("processed", `before/${name}/made.json`, { name });
  put("results", publishedKey("lake"), { lake: uri("lake"), cutoff: "2026-11-23", execution: "before" });
  put("results", publishedKey("week"), {
    ...{ runDate: "2026-11-23", cutoff: "2026-11-22", execution: "before" },
    ...{
      lake: uri("lake"),
      baseline: uri("baseline"),
      evaluation: uri("evaluation"),
      features: uri("features"),
      trainingSet: uri("set"),
    },
  });
  put("processed", `before/set/${RUN_DOCUMENTS.trainingSet}`, TRAINING_SET);
  put("models", "mme/made.json", {});
  put("raw", `${INCOMING_PREFIX}${CUTOFF}/sales.csv`, { sold: 1 });
  put("raw", deliveryKey(CUTOFF), {});
  for (const variant of VARIANTS)
    for (const category of CATEGORIES)
      setParameter(cloud, modelPointer("dev", variant, category), "20261122-0123abcd");
  return cloud;
}

interface JobArgumentsOf {
  readonly TrainingJobName?: string;
  readonly HyperParameterTuningJobName?: string;
  readonly ProcessingJobName?: string;
  readonly AppSpecification?: { readonly ContainerArguments: readonly string[] };
  readonly ProcessingOutputConfig?: {
    readonly Outputs: readonly { readonly S3Output: { readonly S3Uri: string } }[];
  };
  readonly TransformOutput?: { readonly S3OutputPath: string };
}

/**
 * Services as they are on this computer, jobs that write at once what the machine reads of them. The content names the stage,
 * not the attempt: what a repeated job writes is the same.
 */
export function standInJobs(cloud: LocalCloud, documents: Documents = {}): Answer {
  const services = localAnswers(cloud);
  return async (call, callId) => {
    if (!/\.sync$/.test(call.resource)) return services(call, callId);
    const given = call.arguments as JobArgumentsOf;
    const stage = given.AppSpecification?.ContainerArguments[0] ?? "transform";
    const outputs = given.ProcessingOutputConfig?.Outputs.map(({ S3Output }) => S3Output.S3Uri) ?? [];
    for (const uri of [...outputs, ...(given.TransformOutput ? [given.TransformOutput.S3OutputPath] : [])]) {
      const folder = cloud.pathOf(uri);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${stage}.json`), JSON.stringify({ stage }));
      if (stage === "plan") write(folder, RUN_DOCUMENTS.plan, { ...PLAN, ...documents.plan });
      if (stage === "collect-forecasts")
        write(folder, RUN_DOCUMENTS.completeness, { ...COMPLETE, ...documents.completeness });
      if (stage === "training-set") write(folder, RUN_DOCUMENTS.trainingSet, TRAINING_SET);
      if (stage === "judge") writeVerdict(folder, given, documents);
      if (stage === "monitor") write(folder, RUN_DOCUMENTS.decisions, { ...CALM, ...documents.decisions });
      if (stage === "compare")
        write(folder, COMPARISON_FILE, { words: given.AppSpecification!.ContainerArguments });
      if (stage === "measure") write(folder, RUN_DOCUMENTS.metrics, { days: [], metrics: [] });
    }
    const tuned = given.HyperParameterTuningJobName;
    if (tuned !== undefined) return { BestTrainingJob: { TrainingJobName: `${tuned}-001` } };
    return {
      ModelArtifacts: { S3ModelArtifacts: `s3://${MODELS}/training/${given.TrainingJobName}` },
    } as Json;
  };
}

const MODELS = localPlace().buckets.models;
const TRAINING_SET: TrainingSet = {
  trainedTo: "2026-10-27",
  categories: CATEGORIES.map((category) => ({ category, trainRows: 5000, validationRows: 500 })),
};

function writeVerdict(folder: string, given: JobArgumentsOf, { reasons = () => [] }: Documents): void {
  const words = given.AppSpecification!.ContainerArguments;
  const category = words[words.indexOf("--category") + 1] as Category;
  const why = reasons(category);
  const version = "20261027-89abcdef";
  const verdict: Verdict = {
    ...{ category, version, trainedTo: TRAINING_SET.trainedTo, isAccepted: why.length === 0, reasons: why },
    ...{ wape: 30, championWape: 32, bestSimpleWape: 33, naiveWape: 45, bias: 1, rows: 400, origins: 4 },
  };
  write(folder, RUN_DOCUMENTS.verdict, verdict);
  for (const name of [`${version}.tar.gz`, `${version}.card.json`])
    writeFileSync(join(folder, name), category);
}

const write = (folder: string, name: string, value: object) =>
  writeFileSync(join(folder, name), JSON.stringify(value));
