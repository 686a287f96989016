import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { worldDays } from "../../forecasting/generator/options";
import { isoDate } from "../../forecasting/calendar/day";
import { dayOfInstant } from "../../forecasting/calendar/time-zone";
import { deliveryKey, INCOMING_PREFIX } from "../../contracts/runs";
import { UserError } from "../../runtime/engine/files/clear-error";
import { linkFiles } from "../../runtime/engine/files/link-files";
import { generateFiles } from "../../runtime/generate/generate-files";
import { LocalCloud } from "../../runtime/pipelines/local/local-cloud";
import { localPlace } from "../../runtime/pipelines/local/local-place";
import { LocalRuns } from "../../runtime/pipelines/local/local-runs";
import { openAccount } from "../../runtime/pipelines/local/open-account";
import type { MachineSizes } from "../../pipelines/place";
import { checkData, DEFAULT_SIZE } from "../forecast-options";

const DEFAULT_ACCOUNT = join(".smartretail", "account");

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

/** An account on this computer with files to forecast from: the user's, or generated ones. */
export async function openLocalAccount(options: LocalAccountOptions): Promise<LocalRuns> {
  const { account = DEFAULT_ACCOUNT, data, world = DEFAULT_SIZE, deliveredDays = 0 } = options;
  if (data !== undefined) {
    checkData(data);
    if (!statSync(data).isDirectory())
      throw new UserError(`--data is "${data}": a folder of files is allowed`);
  }
  const [cloud, place] = [new LocalCloud(account), localPlace({ ...NO_PAUSE, ...options.sizes })];
  const history = cloud.objectPath(place.buckets.raw, `${INCOMING_PREFIX}history`);
  if (data !== undefined && existsSync(history))
    throw new UserError(`${account} has data already: give --account a new folder for ${data}`);
  if (data !== undefined) linkFiles(data, history);
  const last = worldDays(world).cutoff - deliveredDays;
  if (data === undefined && !existsSync(history))
    await generateFiles({ ...world, out: history, salesDays: { from: 0, to: last } });
  openAccount(cloud);
  const today = data === undefined ? last + 1 : dayOfInstant(Date.now());
  return new LocalRuns({ cloud, place, now: () => Date.now(), today: isoDate(today) });
}
