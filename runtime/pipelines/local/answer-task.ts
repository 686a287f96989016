import { integrationOf } from "../../../asl/integration";
import type { TaskCall } from "../../../asl/interpreter/run";
import { StateError } from "../../../asl/interpreter/state-error";
import type { Json } from "../../../asl/states";
import type { LocalCloud } from "./local-cloud";
import { localJobs } from "./online-job";
import { createProcessingJob, type ProcessingJobRequest } from "./processing-jobs";
import { type Service, type ServiceCall, SERVICES } from "./services";
import { createModelPackage, describeModelPackage, updateModelPackage } from "./registry";
import { createTrainingJob } from "./training-jobs";
import { createTuningJob } from "./tuning-jobs";
import { createModel, createTransformJob, deleteModel } from "./transform-jobs";

const ANSWERS: Readonly<Record<string, Service>> = {
  ...SERVICES,
  "sagemaker:CreateModel": createModel,
  "sagemaker:DeleteModel": deleteModel,
  "sagemaker:CreateModelPackage": createModelPackage,
  "sagemaker:DescribeModelPackage": describeModelPackage,
  "sagemaker:UpdateModelPackage": updateModelPackage,
};

/** Jobs that a state waits for. They take turns: each uses all of this machine. */
const JOBS: Readonly<Record<string, Service>> = {
  "sagemaker:CreateProcessingJob": (call: ServiceCall<ProcessingJobRequest>) =>
    createProcessingJob(call, localJobs(call.cloud)),
  "sagemaker:CreateTransformJob": createTransformJob,
  "sagemaker:CreateTrainingJob": createTrainingJob,
  "sagemaker:CreateHyperParameterTuningJob": createTuningJob,
};

/** Answers the tasks of a machine on this computer. */
export function localAnswers(cloud: LocalCloud): (call: TaskCall, callId: string) => Promise<Json> {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Json | Promise<Json>): Promise<Json> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return async (call, callId) => {
    const integration = integrationOf(call.resource);
    const name = integration && `${integration.service}:${integration.operation}`;
    const [job, service] = [JOBS[name ?? ""], ANSWERS[name ?? ""]];
    const given = { cloud, given: call.arguments as never, callId, signal: call.signal };
    if (integration?.waits && job) {
      const started = performance.now();
      const answer = await inTurn(() => asFailure(() => job(given)));
      await call.spend(performance.now() - started);
      return answer;
    }
    if (!integration?.waits && service) return service(given);
    throw new StateError("States.Runtime", `"${call.state}" calls ${call.resource}: nothing here answers it`);
  };
}

/** A job that fails says why, as DescribeProcessingJob would. */
async function asFailure(run: () => Json | Promise<Json>): Promise<Json> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw new StateError("States.TaskFailed", error instanceof Error ? error.message : String(error));
  }
}
