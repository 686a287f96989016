import type { LevelCalibration } from "./run-documents";

/**
 * Where a run reads and writes, below the buckets:
 *
 *   raw        deliveries/<day>.json                   written last by whoever delivers a day's files: all of them are there
 *              incoming/<day>/…                        the files: sales, weather, events, stock …; `incoming/history/…` at first
 *   processed  runs/<kind>/<date>/<token>/<folder>/…   intermediate folders of a run, each the output of one stage
 *   results    runs/<kind>/<date>/<token>/<folder>/…   forecasts, orders and reports of a run
 *              published/<name>.json                   which run readers take: replaced by one PUT when everything else is there
 *
 * `token` is the execution's, so a second run of a day never mixes with the first one.
 */
export const INCOMING_PREFIX = "incoming/";
export const RUNS_PREFIX = "runs/";
export const PUBLISHED_PREFIX = "published/";

export function deliveryKey(day: string): string {
  return `deliveries/${day}.json`;
}

export type PublishedName = "lake" | "week" | "night" | "monitor";

export function publishedKey(name: PublishedName): string {
  return `${PUBLISHED_PREFIX}${name}.json`;
}

/**
 * The newest whole lake. Folders are S3 URIs without a slash at the end.
 *
 * @public as the machines write it
 */
export interface LakeManifest {
  readonly lake: string;
  /** What only the next ingest reads: every line of the sales. Of a lake that was published without, it is in the lake itself. */
  readonly kept?: string;
  /** Last day of its sales. */
  readonly cutoff: string;
  /** Execution that wrote it. */
  readonly execution: string;
}

/**
 * What nights forecast with until the next week.
 *
 * @public as the machines write it
 */
export interface WeekManifest {
  readonly runDate: string;
  readonly cutoff: string;
  readonly execution: string;
  readonly lake: string;
  readonly baseline: string;
  readonly evaluation: string;
  readonly features: string;
  readonly trainingSet: string;
}

/**
 * The night that stores order by: whole, or not there. The machine writes it, the API finds its files by it.
 */
export interface NightManifest {
  /** First day of the forecasts. */
  readonly runDate: string;
  readonly cutoff: string;
  readonly execution: string;
  readonly lake: string;
  readonly evaluation: string;
  readonly forecasts: string;
  /** Forecasts of this night and of those before, the newest first: orders go by them until their days have come. */
  readonly nights: readonly string[];
  readonly orders: string;
  /** Folder of contracts/serving-files.ts, which the API reads. */
  readonly serving: string;
  readonly expected: number;
}

/**
 * The newest night that was monitored: the next one goes on from its folder.
 *
 * @public as the machine writes it
 */
export interface MonitorManifest {
  readonly runDate: string;
  readonly folder: string;
  /** What the next nights' forecasts are multiplied by, as in NightDecisions. */
  readonly calibrations: readonly LevelCalibration[];
}
