import { existsSync, mkdirSync, readFileSync } from "node:fs";
import type { RunEvent } from "../../../asl/interpreter/run";
import type { Json, Machine } from "../../../asl/states";
import type { Category } from "../../../contracts/categories";
import { MACHINE_KINDS, type MachineKind, type MachineOutput } from "../../../contracts/machines";
import { type LakeManifest, publishedKey } from "../../../contracts/runs";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import { nightlyMachine } from "../../../pipelines/nightly";
import type { MachinePlace } from "../../../pipelines/place";
import { tuningMachine } from "../../../pipelines/tuning";
import { weeklyMachine } from "../../../pipelines/weekly";
import { UserError } from "../../engine/files/clear-error";
import type { PipelineRuns, RunEnd, RunSummary, StateEvent } from "../pipeline-runs";
import { Journal } from "./journal";
import type { LocalCloud } from "./local-cloud";
import { localMachineArn } from "./local-place";
import { modelPackages, updateModelPackage } from "./registry";
import { JOURNAL_FILE, runExecution } from "./run-execution";
import { startedExecution, startedExecutions } from "./services";

const MACHINES: Readonly<Record<MachineKind, (place: MachinePlace) => Machine>> = {
  nightly: nightlyMachine,
  weekly: weeklyMachine,
  tuning: tuningMachine,
};

/** Kind, day, the categories of a person's run, number. */
const RUN_NAME = /^([a-z]+)-(\d{4}-\d{2}-\d{2})(?:-([a-z]+(?:\+[a-z]+)*))?-\d+$/;

interface LocalRunsOptions {
  readonly cloud: LocalCloud;
  readonly place: MachinePlace;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The day of a run of an account without a lake, ISO date. */
  readonly firstRunDate: () => string | Promise<string>;
}

/** Runs on this computer, one after the other, each in a folder below runs/. */
export class LocalRuns implements PipelineRuns {
  public constructor(private readonly options: LocalRunsOptions) {}

  /**
   * A run that was killed goes on under its name, without a date the one that was begun last: what it has published since may
   * have changed what the date would be. Else there is a new one, which the machine itself lets in or not.
   */
  public async start(
    kind: MachineKind,
    runDate?: string,
    categories: readonly Category[] = [],
  ): Promise<string> {
    const chosen = categories.length > 0 ? [...categories].sort().join("+") : undefined;
    const date = runDate ?? this.openDate(kind, chosen) ?? (await this.defaultDate());
    const about = [kind, date, ...(chosen === undefined ? [] : [chosen])].join("-");
    const names = this.namesOf(`${about}-`).filter((name) => /^-\d+$/.test(name.slice(about.length)));
    const last = names.at(-1);
    const isOpen = last !== undefined && this.journalOf(last).ended === undefined;
    return isOpen ? last : `${about}-${names.length + 1}`;
  }

  /** The day of the run, for these categories, that was begun last and has not ended. */
  private openDate(kind: MachineKind, chosen: string | undefined): string | undefined {
    const open = this.namesOf(`${kind}-`).flatMap((name) => {
      const [, , runDate, categories] = RUN_NAME.exec(name) ?? [];
      const { started, ended } = this.journalOf(name);
      const goesOn = started !== undefined && ended === undefined && categories === chosen;
      return goesOn && runDate !== undefined ? [{ runDate, time: started.time }] : [];
    });
    return open.sort((a, b) => b.time - a.time)[0]?.runDate;
  }

  public async follow(run: string, onState: (event: StateEvent) => void): Promise<RunEnd> {
    const { cloud, place, now } = this.options;
    const [, kind = "", runDate = "", categories] = RUN_NAME.exec(run) ?? [];
    if (!Object.hasOwn(MACHINES, kind))
      throw new UserError(`"${run}" is no run: see npm run pipeline -- runs`);
    this.openDelivery(runDate);
    const execute = (name: string, of: MachineKind, input: Json, shown: (event: StateEvent) => void) =>
      runExecution({
        cloud,
        machine: MACHINES[of](place),
        machineArn: localMachineArn(of),
        ...{ name, input, now: now() },
        onEvent: (event) => shown(stateEvent(event)),
      });
    const outcome = await execute(
      ...([run, kind as MachineKind] as const),
      {
        runDate,
        ...(categories === undefined ? {} : { reason: "person", categories: categories.split("+") }),
      },
      onState,
    );
    for (const name of startedExecutions(cloud)) {
      const started = startedExecution(cloud, name);
      if (started === undefined || this.journalOf(name).ended !== undefined) continue;
      const of = MACHINE_KINDS.find((each) => localMachineArn(each) === started.StateMachineArn)!;
      // What it comes to is told by its own alerts: the run that started it has not waited for it.
      await execute(name, of, started.Input, (event) =>
        onState({ ...event, state: `${name}: ${event.state}` }),
      );
    }
    if ("error" in outcome) return { status: outcome.status, detail: `${outcome.error}: ${outcome.cause}` };
    if ("output" in outcome) return { status: outcome.status, output: outcome.output as MachineOutput };
    return { status: outcome.status };
  }

  public list(kind: MachineKind): Promise<readonly RunSummary[]> {
    const summaries = this.namesOf(`${kind}-`).map((name) => {
      const { started, ended } = this.journalOf(name);
      return {
        name,
        status: ended?.status ?? "NOT ENDED",
        startedAt: new Date(started?.time ?? 0).toISOString(),
      };
    });
    return Promise.resolve(summaries.reverse());
  }

  public approve(modelPackage: string): Promise<void> {
    const { cloud } = this.options;
    const proposed = modelPackages(cloud);
    if (!proposed.some(({ ModelPackageArn }) => ModelPackageArn === modelPackage)) {
      const open = proposed.filter(({ ModelApprovalStatus: is }) => is === "PendingManualApproval");
      const names = open.map(({ ModelPackageArn }) => ModelPackageArn).join(", ");
      throw new UserError(
        `there is no model package ${modelPackage}; ${names === "" ? "none waits for an approval" : `for an approval wait: ${names}`}`,
      );
    }
    const given = { ModelPackageArn: modelPackage, ModelApprovalStatus: "Approved" as const };
    updateModelPackage({
      cloud,
      given,
      callId: "approve",
      signal: new AbortController().signal,
    });
    return Promise.resolve();
  }

  /** The morning after the lake's last day. */
  private defaultDate(): string | Promise<string> {
    const { cloud, place, firstRunDate } = this.options;
    const path = cloud.objectPath(place.buckets.results, publishedKey("lake"));
    if (!existsSync(path)) return firstRunDate();
    const { cutoff } = JSON.parse(readFileSync(path, "utf8")) as LakeManifest;
    return isoDate(dayNumber(cutoff) + 1);
  }

  /** S3 knows no folders, a disk does: the day's files may be none (stock is then simulated). */
  private openDelivery(runDate: string): void {
    const { cloud, place } = this.options;
    const day = isoDate(dayNumber(runDate) - 1);
    mkdirSync(cloud.objectPath(place.buckets.raw, `incoming/${day}`), { recursive: true });
  }

  private namesOf(prefix: string): string[] {
    const numberOf = (name: string) => Number(name.split("-").at(-1));
    return this.options.cloud
      .names("runs")
      .filter((name) => name.startsWith(prefix))
      .sort((a, b) =>
        a.slice(0, -2) < b.slice(0, -2)
          ? -1
          : a.slice(0, -2) > b.slice(0, -2)
            ? 1
            : numberOf(a) - numberOf(b),
      );
  }

  private journalOf(name: string): Journal {
    return new Journal(this.options.cloud.at("runs", name, JOURNAL_FILE));
  }
}

function stateEvent({ kind, state, type, path, error, cause, retrySeconds }: RunEvent): StateEvent {
  const around = path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text} ${part}/` : text + part),
    "",
  );
  const again = retrySeconds === undefined ? "" : `, again after ${Math.round(retrySeconds)} s`;
  const detail = error === undefined ? undefined : `${error}: ${cause ?? ""}${again}`;
  return { kind, state: around + state, type, detail };
}
