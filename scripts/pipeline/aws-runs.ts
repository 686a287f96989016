import { SageMakerClient, UpdateModelPackageCommand } from "@aws-sdk/client-sagemaker";
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  paginateListExecutions,
  paginateListStateMachines,
  type SFNClientConfig,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { Category } from "../../contracts/categories";
import {
  type MachineInput,
  machineName,
  type MachineKind,
  type MachineOutput,
} from "../../contracts/machines";
import { UserError } from "../../runtime/engine/files/clear-error";
import type { PipelineRuns, RunEnd, RunSummary, StateEvent } from "../../runtime/pipelines/pipeline-runs";

export interface AwsRunsOptions {
  readonly client: SFNClient;
  readonly sagemaker: SageMakerClient;
  /** `smartretail-prod`. */
  readonly prefix: string;
  /** Between two looks at a run. */
  readonly pause: () => Promise<void>;
}

/** Newest runs that a list shows. */
const LISTED = 20;

/** Runs of the machines of a deployed stack. Throttled calls are repeated by the client, with growing pauses and jitter. */
export class AwsRuns implements PipelineRuns {
  public constructor(private readonly options: AwsRunsOptions) {}

  /** The machine itself lets one run of a kind and day in; the name only has to be a new one, which Step Functions gives. */
  public async start(
    kind: MachineKind,
    runDate: string | undefined,
    categories: readonly Category[] = [],
  ): Promise<string> {
    const input = JSON.stringify({
      ...(runDate === undefined ? { scheduledTime: new Date().toISOString() } : { runDate }),
      ...(categories.length > 0 ? { reason: "person", categories } : {}),
    } satisfies MachineInput);
    const stateMachineArn = await this.machineArn(kind);
    const { executionArn } = await this.options.client.send(
      new StartExecutionCommand({ stateMachineArn, input }),
    );
    return executionArn!;
  }

  public async follow(
    run: string,
    onState: (event: StateEvent) => void,
    isEnough: (event: StateEvent) => boolean = () => false,
  ): Promise<RunEnd> {
    let seen = 0;
    for (;;) {
      const { status, error, cause, output } = await this.options.client.send(
        new DescribeExecutionCommand({ executionArn: run }),
      );
      // Read after the status: what an ended run has told is all there.
      for (const event of await this.historyAfter(run, seen)) {
        seen = Math.max(seen, event.id ?? 0);
        const told = stateEvent(event);
        if (told) onState(told);
        if (told && isEnough(told)) return { status: "RUNNING" };
      }
      if (status !== "RUNNING" && status !== undefined)
        return {
          status,
          ...(error === undefined ? {} : { detail: `${error}: ${cause ?? ""}` }),
          ...(output === undefined ? {} : { output: JSON.parse(output) as MachineOutput }),
        };
      await this.options.pause();
    }
  }

  public async list(kind: MachineKind): Promise<readonly RunSummary[]> {
    const stateMachineArn = await this.machineArn(kind);
    const runs: RunSummary[] = [];
    for await (const { executions = [] } of paginateListExecutions(
      { client: this.options.client },
      { stateMachineArn },
    )) {
      for (const { name = "", status = "", startDate } of executions)
        runs.push({ name, status, startedAt: startDate?.toISOString() ?? "" });
      if (runs.length >= LISTED) break;
    }
    return runs.slice(0, LISTED);
  }

  public async approve(modelPackage: string): Promise<void> {
    const command = new UpdateModelPackageCommand({
      ModelPackageArn: modelPackage,
      ModelApprovalStatus: "Approved",
    });
    await this.options.sagemaker.send(command).catch((error: unknown) => {
      // An unknown version is a ValidationException.
      if (error instanceof Error && /^(?:ValidationException|ResourceNotFound)/.test(error.name))
        throw new UserError(`${modelPackage} cannot be approved: ${error.message}`);
      throw error;
    });
  }

  private async machineArn(kind: MachineKind): Promise<string> {
    const wanted = machineName(this.options.prefix, kind);
    for await (const { stateMachines = [] } of paginateListStateMachines(
      { client: this.options.client },
      {},
    )) {
      const found = stateMachines.find(({ name }) => name === wanted);
      if (found) return found.stateMachineArn!;
    }
    throw new UserError(
      `there is no state machine ${wanted} in this account and region: deploy the stack first`,
    );
  }

  /** All pages from the first event that has not been told; the API can only begin at the first or at the last one. */
  private async historyAfter(executionArn: string, seen: number): Promise<HistoryEvent[]> {
    const fresh: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.options.client.send(
        new GetExecutionHistoryCommand({ executionArn, nextToken, reverseOrder: true, maxResults: 200 }),
      );
      const events = page.events ?? [];
      fresh.push(...events.filter(({ id = 0 }) => id > seen));
      nextToken = events.some(({ id = 0 }) => id <= seen) ? undefined : page.nextToken;
    } while (nextToken !== undefined);
    return fresh.reverse();
  }
}

/** What a person wants to see of the history; attempts of tasks only when they fail. */
function stateEvent(event: HistoryEvent): StateEvent | undefined {
  const { type = "", stateEnteredEventDetails: entered, stateExitedEventDetails: left } = event;
  if (entered) return { kind: "entered", state: entered.name ?? "", type: type.replace("StateEntered", "") };
  if (left) return { kind: "left", state: left.name ?? "", type: type.replace("StateExited", "") };
  const failed =
    event.taskFailedEventDetails ?? event.taskTimedOutEventDetails ?? event.taskSubmitFailedEventDetails;
  if (!failed) return undefined;
  const state = `${failed.resourceType ?? ""} ${failed.resource ?? ""}`.trim();
  return { kind: "failed", state, type: "Task", detail: `${failed.error ?? ""}: ${failed.cause ?? ""}` };
}

export function connect(
  region: string,
  settings: Pick<SFNClientConfig, "credentials" | "requestHandler" | "retryMode"> = {},
): Pick<AwsRunsOptions, "client" | "sagemaker"> {
  const patient = { region, retryMode: "adaptive", maxAttempts: 8, ...settings };
  return { client: new SFNClient(patient), sagemaker: new SageMakerClient(patient) };
}
