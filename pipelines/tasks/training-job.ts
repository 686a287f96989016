import { joined, jsonata, quoted } from "../../asl/expression";
import type { Json, TaskState } from "../../asl/states";
import { TRAINED_MODELS_PREFIX } from "../../contracts/model-artifact";
import { SERIES_SET } from "../../contracts/series-set";
import { DEEPAR_HYPERPARAMETERS } from "../deepar";
import { CANDIDATE_HYPERPARAMETERS, TUNED_RANGES, TUNING_METRIC } from "../hyperparameters";
import type { MachinePlace } from "../place";
import { jobNameSource } from "../run-names";
import { JOB_RETRIES } from "./retries";
import { tagList } from "./tag-list";

/** How long a job may wait for spot capacity, as a multiple of its own time. The container does not resume: it starts again. */
const SPOT_WAIT = 2;
/** Waiting for an instance counts for the state, not for the job. */
const QUEUE_SECONDS = 1800;

/** What both kinds of jobs give a training: where it reads, writes, stands and ends. */
function trainingOf(place: MachinePlace, trainingSet: string): Record<string, Json> {
  const { instanceType, volumeGigabytes, runtimeSeconds } = place.sizes.training;
  return {
    RoleArn: place.roles.training,
    InputDataConfig: ["train", "validation"].map((channel) => channelOf(trainingSet, channel)),
    OutputDataConfig: {
      S3OutputPath: `s3://${place.buckets.models}/${TRAINED_MODELS_PREFIX}`,
      KmsKeyId: place.kmsKeyArn,
    },
    ResourceConfig: {
      InstanceCount: 1,
      InstanceType: instanceType,
      VolumeSizeInGB: volumeGigabytes,
      VolumeKmsKeyId: place.kmsKeyArn,
    },
    StoppingCondition: {
      MaxRuntimeInSeconds: runtimeSeconds,
      MaxWaitTimeInSeconds: SPOT_WAIT * runtimeSeconds,
    },
    EnableManagedSpotTraining: true,
    EnableNetworkIsolation: true,
    EnableInterContainerTrafficEncryption: true,
    VpcConfig: { SecurityGroupIds: [...place.securityGroupIds], Subnets: [...place.subnetIds] },
  };
}

/** @param trainingSet source of the S3 URI with a folder a category */
function channelOf(trainingSet: string, channel: string): Json {
  return {
    ChannelName: channel,
    // Left out, the container takes the files for libsvm.
    ContentType: "text/csv",
    CompressionType: "None",
    InputMode: "File",
    DataSource: dataSourceOf(joined`${trainingSet}/${"$category"}/${quoted(channel)}/`),
  };
}

function dataSourceOf(uri: Json): Json {
  return {
    S3DataSource: {
      S3DataType: "S3Prefix",
      S3DataDistributionType: "FullyReplicated",
      S3Uri: uri,
    },
  };
}

/**
 * Trains `$category` with the built-in XGBoost on spot capacity; assigns `archive`, the S3 URI of its model. An interrupted job begins
 * again by itself until its wait is over, then once more as another job: after that the category keeps what it has for a week.
 *
 * @param trainingSet source of the S3 URI of a training set (contracts/run-documents.ts)
 */
export function trainingJob(place: MachinePlace, trainingSet: string): TaskState {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createTrainingJob.sync",
    Arguments: {
      TrainingJobName: jsonata(jobNameSource(place.prefix, '"train-" & $category')),
      AlgorithmSpecification: { TrainingImage: place.images.xgboost, TrainingInputMode: "File" },
      HyperParameters: CANDIDATE_HYPERPARAMETERS,
      ...trainingOf(place, trainingSet),
      Tags: tagList(place),
    },
    TimeoutSeconds: SPOT_WAIT * place.sizes.training.runtimeSeconds + QUEUE_SECONDS,
    Retry: JOB_RETRIES,
    Assign: { archive: jsonata("$states.result.ModelArtifacts.S3ModelArtifacts") },
  };
}

/** SageMaker: how long a built-in algorithm without checkpoints may wait for spot capacity, its training included. */
const SERIES_WAIT_SECONDS = 3600;

/**
 * As trainingJob, with the built-in DeepAR.
 *
 * @param series source of the S3 URI of a series set (contracts/series-set.ts)
 */
export function seriesTrainingJob(place: MachinePlace, series: string): TaskState {
  const { runtimeSeconds } = place.sizes.training;
  const seconds = Math.min(runtimeSeconds, SERIES_WAIT_SECONDS);
  return {
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createTrainingJob.sync",
    Arguments: {
      TrainingJobName: jsonata(jobNameSource(place.prefix, '"train-" & $category')),
      AlgorithmSpecification: { TrainingImage: place.images.deepar, TrainingInputMode: "File" },
      HyperParameters: DEEPAR_HYPERPARAMETERS,
      ...trainingOf(place, series),
      // The ending .json says what the files are.
      InputDataConfig: [SERIES_SET.train, SERIES_SET.test].map((channel) => ({
        ChannelName: channel,
        CompressionType: "None",
        InputMode: "File",
        DataSource: dataSourceOf(joined`${series}/${quoted(channel)}/`),
      })),
      StoppingCondition: {
        MaxRuntimeInSeconds: seconds,
        MaxWaitTimeInSeconds: Math.min(SPOT_WAIT * seconds, SERIES_WAIT_SECONDS),
      },
      Tags: tagList(place),
    },
    TimeoutSeconds: SERIES_WAIT_SECONDS + QUEUE_SECONDS,
    Retry: JOB_RETRIES,
    Assign: { archive: jsonata("$states.result.ModelArtifacts.S3ModelArtifacts") },
  };
}

const BEST = "$states.result.BestTrainingJob.TrainingJobName";

/** Searches hyperparameters for `$category`, within limits of jobs and time; assigns `archive`, that of the best job, or "" where none has ended. */
export function tuningJob(place: MachinePlace, trainingSet: string, name: string): TaskState {
  const { jobs, parallelJobs, runtimeSeconds } = place.sizes.tuning;
  const tuned = [...TUNED_RANGES.continuous, ...TUNED_RANGES.integer].map(({ Name }): string => Name);
  const trained = `s3://${place.buckets.models}/${TRAINED_MODELS_PREFIX}`;
  const fixed = Object.entries(CANDIDATE_HYPERPARAMETERS).filter(([key]) => !tuned.includes(key));
  return {
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createHyperParameterTuningJob.sync",
    Arguments: {
      HyperParameterTuningJobName: jsonata(name),
      HyperParameterTuningJobConfig: {
        Strategy: "Bayesian",
        HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: TUNING_METRIC.Name },
        ResourceLimits: {
          MaxNumberOfTrainingJobs: jobs,
          MaxParallelTrainingJobs: parallelJobs,
          MaxRuntimeInSeconds: runtimeSeconds,
        },
        ParameterRanges: {
          ContinuousParameterRanges: TUNED_RANGES.continuous,
          IntegerParameterRanges: TUNED_RANGES.integer,
        },
        TrainingJobEarlyStoppingType: "Auto",
      },
      TrainingJobDefinition: {
        AlgorithmSpecification: {
          TrainingImage: place.images.xgboost,
          TrainingInputMode: "File",
          MetricDefinitions: [TUNING_METRIC],
        },
        StaticHyperParameters: Object.fromEntries(fixed),
        ...trainingOf(place, trainingSet),
      },
      Tags: tagList(place),
    },
    TimeoutSeconds: runtimeSeconds + QUEUE_SECONDS,
    Retry: JOB_RETRIES,
    Assign: {
      archive: jsonata(`$exists(${BEST}) ? ${quoted(trained)} & ${BEST} & "/output/model.tar.gz" : ""`),
    },
  };
}
