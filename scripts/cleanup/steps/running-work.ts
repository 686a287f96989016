import { ListExecutionsCommand, paginateListStateMachines, StopExecutionCommand } from "@aws-sdk/client-sfn";
import {
  paginateListHyperParameterTuningJobs,
  paginateListProcessingJobs,
  paginateListTrainingJobs,
  paginateListTransformJobs,
  StopHyperParameterTuningJobCommand,
  StopProcessingJobCommand,
  StopTrainingJobCommand,
  StopTransformJobCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { cleanupStep, type Remnant } from "../cleanup-step";
import type { CleanupScope } from "../cleanup-scope";
import { unlessGone } from "../../../runtime/endpoints/aws/gone";

interface Execution extends Remnant {
  readonly executionArn: string;
}

/** Executions of the state machines: they would start jobs and write into what is being emptied. */
export function executionsStep(client: SFNClient, { prefix }: CleanupScope) {
  return cleanupStep<Execution>({
    kind: "running executions",
    isWaitedFor: true,
    find: async () => {
      const found: Execution[] = [];
      for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
        for (const { name = "", stateMachineArn } of stateMachines) {
          if (!name.startsWith(`${prefix}-`)) continue;
          found.push(...(await runningOf(client, name, stateMachineArn)));
        }
      }
      return found;
    },
    remove: async ({ executionArn }) => {
      await unlessGone(client.send(new StopExecutionCommand({ executionArn, cause: "clean-up" })));
    },
  });
}

/** All at once: pages of executions that end while they are read would shift. */
async function runningOf(
  client: SFNClient,
  machine: string,
  stateMachineArn: string | undefined,
): Promise<Execution[]> {
  const found: Execution[] = [];
  let nextToken: string | undefined;
  do {
    const answer = await unlessGone(
      client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING", nextToken })),
    );
    for (const { name = "", executionArn = "", startDate } of answer?.executions ?? []) {
      const since = startDate?.toISOString().slice(0, 16).replace("T", " ") ?? "unknown";
      found.push({ name: `${machine}/${name}`, detail: `since ${since} UTC`, executionArn });
    }
    nextToken = answer?.nextToken;
  } while (nextToken !== undefined);
  return found;
}

type JobKind = "training" | "processing" | "transform" | "tuning";

interface Job extends Remnant {
  readonly job: JobKind;
  readonly jobName: string;
}

const STATUSES = ["InProgress", "Stopping"] as const;

/** Jobs in progress, tuning first: a stopped training job of a tuning job would be replaced by another one. */
export function jobsStep(client: SageMakerClient, { prefix }: CleanupScope) {
  return cleanupStep<Job>({
    kind: "running jobs",
    isWaitedFor: true,
    find: async () => {
      const found: Job[] = [];
      for (const StatusEquals of STATUSES) {
        const add = (job: JobKind, jobName = "") => {
          if (!jobName.startsWith(`${prefix}-`)) return;
          const detail = StatusEquals === "Stopping" ? "stopping" : "billed by the second while it runs";
          found.push({
            name: `${job} ${jobName}`,
            detail,
            job,
            jobName,
            isLeaving: StatusEquals === "Stopping",
          });
        };
        // A new one each time: a paginator leaves the token of its last page in what it was given.
        const filter = () => ({ NameContains: prefix, StatusEquals });
        for await (const page of paginateListHyperParameterTuningJobs({ client }, filter())) {
          for (const job of page.HyperParameterTuningJobSummaries ?? [])
            add("tuning", job.HyperParameterTuningJobName);
        }
        for await (const page of paginateListTrainingJobs({ client }, filter())) {
          for (const job of page.TrainingJobSummaries ?? []) add("training", job.TrainingJobName);
        }
        for await (const page of paginateListProcessingJobs({ client }, filter())) {
          for (const job of page.ProcessingJobSummaries ?? []) add("processing", job.ProcessingJobName);
        }
        for await (const page of paginateListTransformJobs({ client }, filter())) {
          for (const job of page.TransformJobSummaries ?? []) add("transform", job.TransformJobName);
        }
      }
      return found;
    },
    remove: async ({ job, jobName }) => void (await unlessGone(stop(client, job, jobName))),
  });
}

function stop(client: SageMakerClient, job: JobKind, name: string): Promise<unknown> {
  switch (job) {
    case "tuning":
      return client.send(new StopHyperParameterTuningJobCommand({ HyperParameterTuningJobName: name }));
    case "training":
      return client.send(new StopTrainingJobCommand({ TrainingJobName: name }));
    case "processing":
      return client.send(new StopProcessingJobCommand({ ProcessingJobName: name }));
    case "transform":
      return client.send(new StopTransformJobCommand({ TransformJobName: name }));
  }
}
