import { join } from "node:path";
import type { ForecastLogLine } from "../../contracts/api";
import { DEFAULT_DEADLINE_MILLISECONDS } from "../../contracts/api";
import type { SplitReader } from "../../contracts/experiment";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { LocalEndpoint } from "../endpoints/local/model-endpoint";
import { ModelStore } from "../models/model-store";
import { FolderObjects } from "../stores/local/folder-objects";
import { FolderPointers } from "../stores/local/folder-pointers";
import { ParquetFeatures } from "../stores/local/parquet-features";
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
  const { week } = options;
  const night = new NightFiles(
    new FolderObjects(join(week, "serving")),
    () => Promise.resolve(""),
    systemClock.now,
  );
  const { stores, cutoff } = (await night.open()).value.night;
  const today = options.today ?? isoDate(dayNumber(cutoff) + 1);
  const clock: ApiClock = { ...systemClock, today: () => today };
  const models = new ModelStore(join(week, "models"));
  const features = await ParquetFeatures.open(join(week, "forecasts"));
  const forecast: ForecastPorts = {
    night,
    features,
    endpoint: new LocalEndpoint(models),
    router: new Router(new FolderPointers(models), options.splits ?? noExperiments, systemClock.now),
    clock,
    log: options.log,
    deadlineMilliseconds: DEFAULT_DEADLINE_MILLISECONDS,
  };
  const orders: OrderPorts = { night, objects: new FolderObjects(options.confirmed), clock };
  const handlers = {
    forecast: answerForecast(forecast),
    health: answerHealth(forecast),
    getOrder: answerOrder(orders),
    confirmOrder: confirmOrder(orders),
  };
  return {
    dispatch: dispatcher(handlers, options.onError),
    forecast,
    orders,
    today,
    stores: Object.keys(stores),
    close: () => features.close(),
  };
}
