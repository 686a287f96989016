import { join } from "node:path";
import type { ForecastLogLine } from "../../contracts/api";
import { DEFAULT_DEADLINE_MILLISECONDS } from "../../contracts/api";
import type { SplitReader } from "../../contracts/experiment";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { LocalEndpoint } from "../endpoints/local/model-endpoint";
import type { ModelEndpoint } from "../endpoints/model-endpoint";
import { ModelStore } from "../models/model-store";
import { FolderObjects } from "../stores/local/folder-objects";
import { FolderPointers } from "../stores/local/folder-pointers";
import { ParquetFeatures } from "../stores/local/parquet-features";
import type { ModelPointers } from "../stores/model-pointers";
import { NightFiles } from "../stores/night-files";
import { type ApiClock, systemClock } from "./clock";
import type { Dispatcher } from "./dispatch";
import { dispatcher } from "./dispatch";
import { answerForecast, type ForecastPorts } from "./forecast/answer-forecast";
import { Router } from "./forecast/router";
import { answerHealth } from "./health";
import { answerOrder, confirmOrder, type OrderPorts } from "./orders/answer-order";

export interface LocalApiOptions {
  /** Folder of a forecast week. */
  readonly week: string;
  /** Folder that confirmed orders are written to; outside the week, which the next run replaces. */
  readonly confirmed: string;
  readonly splits?: SplitReader;
  readonly log: (line: ForecastLogLine) => void;
  readonly onError: (error: unknown, requestId: string) => void;
  /** @default the morning after the week's last day with sales */
  readonly today?: string;
}

export interface LocalApi {
  readonly dispatch: Dispatcher;
  readonly forecast: ForecastPorts;
  readonly orders: OrderPorts;
  readonly today: string;
  /** Codes of the stores that have forecasts. */
  readonly stores: readonly string[];
  readonly close: () => void;
}

const noExperiments: SplitReader = { readSplit: () => Promise.resolve(undefined) };

/** The API over what a forecast week has left on this machine: every adapter is a folder. */
export async function openLocalApi(options: LocalApiOptions): Promise<LocalApi> {
  const { week, ...others } = options;
  const night = new NightFiles(
    new FolderObjects(join(week, "serving")),
    () => Promise.resolve(""),
    systemClock.now,
  );
  const models = new ModelStore(join(week, "models"));
  return openApi({
    ...others,
    night,
    features: await ParquetFeatures.ofForecasts(join(week, "forecasts")),
    endpoint: new LocalEndpoint(models),
    pointers: new FolderPointers(models),
  });
}

/** Where an API of this machine reads. */
interface LocalSources extends Omit<LocalApiOptions, "week"> {
  readonly night: NightFiles;
  readonly features: ParquetFeatures;
  readonly endpoint: ModelEndpoint;
  readonly pointers: ModelPointers;
}

/** The API's own handlers over adapters that are folders of this machine. */
export async function openApi(sources: LocalSources): Promise<LocalApi> {
  const { night, features, endpoint, pointers, splits = noExperiments, log } = sources;
  const { stores, cutoff } = (await night.open()).value.night;
  const today = sources.today ?? isoDate(dayNumber(cutoff) + 1);
  const clock: ApiClock = { ...systemClock, today: () => today };
  const forecast: ForecastPorts = {
    ...{ night, features, endpoint, clock, log },
    router: new Router(pointers, splits, systemClock.now),
    deadlineMilliseconds: DEFAULT_DEADLINE_MILLISECONDS,
  };
  const orders: OrderPorts = { night, objects: new FolderObjects(sources.confirmed), clock };
  const handlers = {
    forecast: answerForecast(forecast),
    health: answerHealth(forecast),
    getOrder: answerOrder(orders),
    confirmOrder: confirmOrder(orders),
  };
  return {
    dispatch: dispatcher(handlers, sources.onError),
    forecast,
    orders,
    today,
    stores: Object.keys(stores),
    close: () => features.close(),
  };
}
