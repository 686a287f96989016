import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { worldDays } from "../../forecasting/generator/options";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { dayOfInstant } from "../../forecasting/calendar/time-zone";
import { deliveryKey, INCOMING_PREFIX } from "../../contracts/runs";
import { UserError } from "../../runtime/engine/files/clear-error";
import { assertApart } from "../../runtime/engine/files/assert-apart";
import { checkAncestor } from "../../runtime/engine/files/output-folder";
import { linkFile, linkFiles } from "../../runtime/engine/files/link-files";
import { replaceFolder } from "../../runtime/engine/files/replace-folder";
import { generateFiles } from "../../runtime/generate/generate-files";
import { CONFIG_FILE } from "../../runtime/ingest/config-file";
import { firstLake } from "../../runtime/pipelines/local/first-lake";
import { LocalCloud } from "../../runtime/pipelines/local/local-cloud";
import { localPlace } from "../../runtime/pipelines/local/local-place";
import { LocalRuns } from "../../runtime/pipelines/local/local-runs";
import { openAccount } from "../../runtime/pipelines/local/open-account";
import type { StepListener } from "../../runtime/pipelines/steps";
import type { MachineSizes } from "../../pipelines/place";
import { checkData, DEFAULT_SIZE } from "../forecast-options";

export const DEFAULT_ACCOUNT = join(".smartretail", "account");

/** Nobody's alarms start a training here: whoever tunes after a week means it. */
const NO_PAUSE = { coolDownDays: 0 } as const;

export interface LocalAccountOptions {
  /** Folder of the account. @default .smartretail/account */
  readonly account?: string;
  /** The user's own files, for an account that has none. @default generated */
  readonly data?: string;
  /** Decisions of the machines' place: shards, waits, approval. */
  readonly sizes?: Partial<MachineSizes>;
  /** Size of the generated chain. @default that of npm run forecast */
  readonly world?: {
    readonly stores: number;
    readonly skus: number;
    readonly days: number;
    readonly seed: number;
  };
  /** Days at the end of the generated chain that have not come yet: see deliverDay. @default 0 */
  readonly deliveredDays?: number;
  /** Hears of the reading of the user's files. */
  readonly listener?: StepListener;
}

/** The files of one day of the generated chain, and the sign that all of them are there. */
export async function deliverDay(
  account: string,
  world: NonNullable<LocalAccountOptions["world"]>,
  day: number,
): Promise<void> {
  const cloud = new LocalCloud(account);
  const { raw } = localPlace().buckets;
  const name = isoDate(day);
  await generateFiles({
    ...world,
    out: cloud.objectPath(raw, `${INCOMING_PREFIX}${name}`),
    salesDays: { from: day, to: day },
  });
  cloud.writeText("{}\n", cloud.objectPath(raw, deliveryKey(name)));
}

/** Whose files an account's history is, in the account. */
const HISTORY_FILE = "history.json";
interface History {
  readonly files: "own" | "generated";
}

/** Whether there is an account to look at. */
export const hasAccount = (account = DEFAULT_ACCOUNT): boolean => existsSync(join(account, HISTORY_FILE));

/** An account on this computer with files to forecast from: the user's, or generated ones. */
export async function openLocalAccount(options: LocalAccountOptions): Promise<LocalRuns> {
  const { account = DEFAULT_ACCOUNT, data, world = DEFAULT_SIZE, deliveredDays = 0, listener } = options;
  if (data !== undefined) checkOwnFiles(data, account);
  const [cloud, place] = [new LocalCloud(account), localPlace({ ...NO_PAUSE, ...options.sizes })];
  const history = cloud.objectPath(place.buckets.raw, `${INCOMING_PREFIX}history`);
  if (data !== undefined && existsSync(history))
    throw new UserError(`${account} has data already: give --account a new folder for ${data}`);
  const last = worldDays(world).cutoff - deliveredDays;
  if (!existsSync(history)) {
    checkAncestor(resolve(account), `the account ${account}`);
    cloud.writeJson({ files: data === undefined ? "generated" : "own" } satisfies History, HISTORY_FILE);
    if (data === undefined) await generateFiles({ ...world, out: history, salesDays: { from: 0, to: last } });
    else await deliverHistory(data, history);
  }
  openAccount(cloud);
  const isOwn = cloud.readJson<History>(HISTORY_FILE)?.files === "own";
  const firstRunDate = async () =>
    isOwn
      ? isoDate(dayNumber(await firstLake(cloud, isoDate(dayOfInstant(Date.now())), listener)) + 1)
      : isoDate(last + 1);
  return new LocalRuns({ cloud, place, now: () => Date.now(), firstRunDate });
}

function checkOwnFiles(data: string, account: string): void {
  checkData(data);
  if (!statSync(data).isDirectory()) throw new UserError(`--data is "${data}": a folder of files is allowed`);
  assertApart([{ name: "--data", path: data }], [{ name: "--account", path: account }]);
}

/** All files or none of them. How they are to be read is said beside all deliveries: it is so of the later ones too. */
async function deliverHistory(data: string, history: string): Promise<void> {
  const config = join(data, CONFIG_FILE);
  if (existsSync(config)) linkFile(config, join(dirname(history), CONFIG_FILE));
  await replaceFolder(history, (part) => Promise.resolve(linkFiles(data, part)));
}
