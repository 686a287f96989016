import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../../asl/states";
import { StateError } from "../../../asl/interpreter/state-error";
import { processingInput } from "../../../contracts/processing-container";
import { runStage } from "../../engine/stages/run-stage";
import { JobArguments } from "../../entry/arguments";
import { deliver } from "../../entry/deliver";
import type { Job } from "../../entry/jobs";
import type { LocalCloud } from "./local-cloud";
import type { ServiceCall } from "./services";

export interface ProcessingJobRequest {
  readonly ProcessingJobName: string;
  readonly AppSpecification: { readonly ContainerArguments: readonly string[] };
  readonly ProcessingInputs: readonly {
    readonly InputName: string;
    readonly S3Input: { readonly S3Uri: string; readonly LocalPath: string };
  }[];
  readonly ProcessingOutputConfig: {
    readonly Outputs: readonly {
      readonly S3Output: { readonly S3Uri: string; readonly LocalPath: string };
    }[];
  };
}

/**
 * A SageMaker Processing job on this machine: the container's own command, its inputs read where they lie in the local S3,
 * its outputs put there when it has ended. A job that was killed is found half done by its name, and goes on.
 */
export async function createProcessingJob(
  { cloud, given }: ServiceCall<ProcessingJobRequest>,
  jobs: Readonly<Record<string, Job>>,
): Promise<Json> {
  const [name = "", ...argv] = given.AppSpecification.ContainerArguments;
  const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined;
  if (!job) throw new StateError("States.TaskFailed", `the container has no command "${name}"`);
  const result = cloud.at("jobs", given.ProcessingJobName, "result");
  const inputs = inputFolders(cloud, given);
  const all = [...argv.map((argument) => translated(argument, inputs)), ...foldersOf(job, argv, inputs)];
  const stage = job.stage(new JobArguments([...all, "--output", result], name, job.options));
  const finished = await runStage({ ...stage, name, describe: () => "" });
  for (const { S3Output } of given.ProcessingOutputConfig.Outputs) {
    const target = cloud.pathOf(S3Output.S3Uri);
    deliver(name, job, { result, localPath: S3Output.LocalPath, target });
  }
  return {
    ProcessingJobName: given.ProcessingJobName,
    ProcessingJobStatus: "Completed",
    ExitMessage: JSON.stringify(finished.report).slice(0, 1024),
  };
}

/** Folders by the path that the container would have. */
function inputFolders(cloud: LocalCloud, { ProcessingInputs }: ProcessingJobRequest): Map<string, string> {
  return new Map(
    ProcessingInputs.map(({ InputName, S3Input }) => {
      const folder = cloud.pathOf(S3Input.S3Uri);
      if (!existsSync(folder)) {
        throw new StateError(
          "States.TaskFailed",
          `ClientError: input ${InputName}: no objects under ${S3Input.S3Uri}`,
        );
      }
      return [S3Input.LocalPath, folder];
    }),
  );
}

function translated(argument: string, inputs: ReadonlyMap<string, string>): string {
  for (const [path, folder] of inputs) {
    if (argument === path) return folder;
    if (argument.startsWith(`${path}/`)) return join(folder, argument.slice(path.length + 1));
  }
  return argument;
}

/** Where the command would look by itself. */
function foldersOf(job: Job, argv: readonly string[], inputs: ReadonlyMap<string, string>): string[] {
  return job.options.flatMap((option) => {
    const folder = inputs.get(processingInput(option));
    return folder === undefined || argv.includes(`--${option}`) ? [] : [`--${option}`, folder];
  });
}
