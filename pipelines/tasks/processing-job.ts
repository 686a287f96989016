import { jsonata, quoted, sourceOf, valueSource } from "../../asl/expression";
import type { Assignments, Expression, Json, TaskState } from "../../asl/states";
import type { JobPurpose } from "../../contracts/machines";
import { processingInput, processingKept, processingResult } from "../../contracts/processing-container";
import type { JobSize, MachinePlace } from "../place";
import { jobName, jobNameSource } from "../run-names";
import { JOB_RETRIES } from "./retries";
import { tagList } from "./tag-list";

/** Value of an option: text, or an expression. */
type Argument = string | Expression;

export interface ProcessingJob {
  /** Command of the container, the stage's name. */
  readonly stage: string;
  /** What the job is named after; the source of an expression where it depends on the run. @default the stage */
  readonly purpose?: JobPurpose | { readonly source: string };
  readonly options?: Readonly<Record<string, Argument>>;
  /** More arguments, source of a list of texts. */
  readonly moreArguments?: string;
  /** S3 URIs of folders, or of one object, by the name of the folder that they come to. */
  readonly inputs: Readonly<Record<string, Argument | { readonly object: Argument }>>;
  /** More inputs, source of a list of `{ name, uri }`. */
  readonly moreInputs?: string;
  /** S3 URIs by the folder below the result; "" is the whole result. */
  readonly outputs: Readonly<Record<string, Argument>>;
  /** S3 URI of what only the same stage reads again (runtime/entry/jobs.ts: `keeps`). @default there is nothing of that kind */
  readonly kept?: Argument;
  readonly size: JobSize;
  /** Source of the shard's number. */
  readonly shard?: string;
  /** Whether the container itself calls AWS, through the network's endpoints. @default false */
  readonly callsAws?: boolean;
  readonly assign?: Assignments;
  readonly output?: Json;
}

/** Step Functions itself gives up this much later than SageMaker ends the job: waiting for an instance counts too. */
const QUEUE_SECONDS = 1800;

/** A stage as a SageMaker Processing job: folders in, folders out, and the state waits for its end. */
export function processingJob(place: MachinePlace, job: ProcessingJob): TaskState {
  const { size, shard, assign, output } = job;
  return {
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createProcessingJob.sync",
    Arguments: {
      ProcessingJobName: nameOf(place, job, shard),
      RoleArn: place.roles.processing,
      AppSpecification: { ImageUri: place.images.processing, ContainerArguments: argumentsOf(job) },
      ProcessingInputs: inputsOf(job),
      ProcessingOutputConfig: {
        KmsKeyId: place.kmsKeyArn,
        Outputs: outputsOf(job),
      },
      ProcessingResources: {
        ClusterConfig: {
          InstanceCount: 1,
          InstanceType: size.instanceType,
          VolumeSizeInGB: size.volumeGigabytes,
          VolumeKmsKeyId: place.kmsKeyArn,
        },
      },
      StoppingCondition: { MaxRuntimeInSeconds: size.runtimeSeconds },
      NetworkConfig: {
        EnableInterContainerTrafficEncryption: true,
        EnableNetworkIsolation: !(job.callsAws ?? false),
        VpcConfig: { SecurityGroupIds: [...place.securityGroupIds], Subnets: [...place.subnetIds] },
      },
      Tags: tagList(place),
    },
    TimeoutSeconds: size.runtimeSeconds + QUEUE_SECONDS,
    Retry: JOB_RETRIES,
    ...(assign ? { Assign: assign } : {}),
    ...(output === undefined ? {} : { Output: output }),
  };
}

function nameOf(
  place: MachinePlace,
  { stage, purpose = stage as JobPurpose }: ProcessingJob,
  shard?: string,
) {
  return typeof purpose === "string"
    ? jobName(place, purpose, shard)
    : jsonata(jobNameSource(place.prefix, purpose.source, shard));
}

/** The stage's name and its options; a list of SageMaker has one expression for each text, or one for all. */
function argumentsOf({ stage, options = {}, moreArguments }: ProcessingJob): Json {
  const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const all = [stage, ...given];
  if (moreArguments === undefined) return all;
  const sources = all.map((value) => sourceOf(value) ?? quoted(value));
  return jsonata(`$append([${sources.join(", ")}], ${moreArguments})`);
}

function inputsOf({ inputs, moreInputs }: ProcessingJob): Json {
  const all = Object.entries(inputs).map(([name, given]) =>
    inputOf(name, typeof given === "object" ? given.object : folderUri(given)),
  );
  if (moreInputs === undefined) return all;
  const path = jsonata(`${quoted(processingInput(""))} & $more.name`);
  const more = valueSource(inputOf(jsonata("$more.name"), folderUri(jsonata("$more.uri")), path));
  return jsonata(`$append(${valueSource(all)}, $map(${moreInputs}, function($more) { ${more} }))`);
}

/** SageMaker takes every key that begins with the text: without the slash at its end `…/online-report` too for `…/online`. */
function folderUri(uri: Argument): Argument {
  const source = sourceOf(uri);
  return source === undefined ? `${uri.replace(/\/$/, "")}/` : jsonata(`${source} & "/"`);
}

function inputOf(name: Argument, uri: Argument, path: Argument = processingInput(name)): Json {
  return {
    InputName: name,
    S3Input: {
      S3Uri: uri,
      LocalPath: path,
      S3DataType: "S3Prefix",
      S3InputMode: "File",
      S3DataDistributionType: "FullyReplicated",
      S3CompressionType: "None",
    },
  };
}

function outputsOf({ stage, outputs, kept }: ProcessingJob): Json {
  const result = processingResult(stage);
  return [
    ...Object.entries(outputs).map(([folder, uri]) =>
      folder === "" ? outputOf("result", result, uri) : outputOf(folder, `${result}/${folder}`, uri),
    ),
    ...(kept === undefined ? [] : [outputOf("kept", processingKept(stage), kept)]),
  ];
}

function outputOf(name: string, path: string, uri: Argument): Json {
  return { OutputName: name, S3Output: { S3Uri: uri, LocalPath: path, S3UploadMode: "EndOfJob" } };
}
