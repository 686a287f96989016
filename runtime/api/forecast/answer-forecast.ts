import type { ForecastLogLine, ForecastSource, ServedModel } from "../../../contracts/api";
import { seriesDay } from "../../../contracts/feature-groups";
import { quantileAt } from "../../../forecasting/distribution/quantile-steps";
import type { ModelEndpoint } from "../../endpoints/model-endpoint";
import type { NightFiles } from "../../stores/night-files";
import type { FeatureRow, OnlineFeatures } from "../../stores/online-features";
import type { ApiClock } from "../clock";
import type { OperationInput, OperationResult } from "../operations";
import type { ForecastDay, MissingSku, SkuForecast } from "../schemas";
import { type AskedModel, askModels } from "./ask-models";
import type { Cell } from "./cell";
import { chooseFigure, type Figure, isNotSold } from "./choose-figure";
import { Deadline } from "./deadline";
import { newItemFigure } from "./new-items";
import { planRequest, type RequestPlan } from "./plan-request";
import { readFeatures } from "./read-features";
import type { Router, Routes } from "./router";

export interface ForecastPorts {
  readonly night: NightFiles;
  readonly features: OnlineFeatures;
  readonly endpoint: ModelEndpoint;
  readonly router: Router;
  readonly clock: ApiClock;
  readonly log: (line: ForecastLogLine) => void;
  readonly deadlineMilliseconds: number;
}

/** Of the deadline, for reading features: the models need the rest. */
const FEATURE_SHARE = 0.45;

/** A fallback stands in for a model that should have answered. */
const FALLBACKS: readonly ForecastSource[] = ["batch", "baseline", "seasonal-naive"];

/** Forecasts of one store: features from the online store, factors from the models, and a fallback for whatever is late. */
export function answerForecast(ports: ForecastPorts) {
  return async (input: OperationInput<"forecast">): Promise<OperationResult<"forecast">> => {
    const { clock } = ports;
    const started = clock.elapsed();
    const deadline = new Deadline(ports.deadlineMilliseconds, clock.elapsed);
    const plan = await planRequest(ports.night, input.parameters.store, input.body, clock.today());
    const [{ cells, notice }, routes] = await Promise.all([
      gatherCells(ports.features, plan, deadline),
      ports.router.route(plan.storeCode),
    ]);
    const asked = await askModels(ports.endpoint, cells, routes.byCategory, deadline, input.requestId);
    const { forecasts, missing } = assemble(plan, cells, routes);
    const models = servedModels(asked, routes);
    const notices = [
      ...plan.notices,
      ...(notice === undefined ? [] : [notice]),
      ...routes.notices,
      ...asked.flatMap((model) => model.notice ?? []),
    ];
    const days = forecasts.flatMap((forecast) => forecast.days);
    const body = {
      store: plan.storeCode,
      storeName: plan.store.name,
      asOf: plan.night.cutoff,
      from: plan.days[0]!.day,
      days: plan.days.length,
      complete: missing.length === 0 && days.length === forecasts.length * plan.days.length,
      degraded: days.some(({ source }) => FALLBACKS.includes(source)),
      forecasts,
      missing,
      models,
      notices,
    };
    ports.log(logLine(body, input.requestId, clock, started));
    return { status: 200, body };
  };
}

async function gatherCells(
  features: OnlineFeatures,
  plan: RequestPlan,
  deadline: Deadline,
): Promise<{ readonly cells: Cell[]; readonly notice?: string }> {
  const wanted = plan.known.flatMap((sku) =>
    plan.days.map(({ day, weekday, position }) => {
      const night = plan.skus[sku]!;
      const identifier = seriesDay(plan.store.id, night.id, weekday);
      return { identifier, cell: { sku, category: night.category, day, position, night } };
    }),
  );
  const rows = new Map<string, FeatureRow>();
  const identifiers = wanted.map(({ identifier }) => identifier);
  const notice = await deadline
    .within("the feature store", FEATURE_SHARE, async (signal) => {
      const { count, reason } = await readFeatures(features, identifiers, rows, signal);
      return count > 0 ? `features: ${count} rows were not read: ${reason}` : undefined;
    })
    .catch((error: unknown) => `features: ${error instanceof Error ? error.message : String(error)}`);
  // A row is overwritten a week later by that of the next one: the weekday alone does not say that it is this day's.
  const cells = wanted.map(({ identifier, cell }): Cell => {
    const row = rows.get(identifier);
    return row?.day === cell.day ? { ...cell, row } : cell;
  });
  const without = cells.filter((cell) => cell.row === undefined && !isNotSold(cell)).length;
  const gap = without > 0 ? `features: ${without} of ${cells.length} rows are missing` : undefined;
  return { cells, notice: notice ?? gap };
}

function assemble(
  plan: RequestPlan,
  cells: readonly Cell[],
  routes: Routes,
): { readonly forecasts: SkuForecast[]; readonly missing: MissingSku[] } {
  const forecasts: SkuForecast[] = [];
  const missing: MissingSku[] = [...plan.missing];
  const add = (
    sku: string,
    about: Pick<SkuForecast, "name" | "category">,
    days: readonly (ForecastDay | undefined)[],
  ) => {
    const known = days.filter((day) => day !== undefined);
    if (known.length === 0) missing.push({ sku, reason: "no-forecast" });
    else forecasts.push({ sku, name: about.name, category: about.category, days: known });
  };
  for (let at = 0; at < cells.length; at += plan.days.length) {
    const ofSku = cells.slice(at, at + plan.days.length);
    const { sku, night, category } = ofSku[0]!;
    const route = routes.byCategory[category];
    const calibratedVersion = plan.night.models.champion[category];
    add(
      sku,
      night,
      ofSku.map((cell) =>
        forecastDay(plan, category, cell.day, chooseFigure(cell, route, calibratedVersion)),
      ),
    );
  }
  for (const [code, sku] of plan.fresh) {
    const days = plan.days.map(({ day, position }) =>
      forecastDay(plan, sku.category, day, newItemFigure(plan.chain!, sku, plan.store.id, position)),
    );
    add(code, sku, days);
  }
  return { forecasts, missing };
}

/** Four digits are more than any forecast is right by, and a small figure never becomes 0. */
const DIGITS = 4;

function forecastDay(
  { night }: RequestPlan,
  category: SkuForecast["category"],
  day: string,
  figure: Figure | undefined,
): ForecastDay | undefined {
  if (!figure) return undefined;
  const { units, source, calibration } = figure;
  const steps = night.intervals[category] ?? { low: [], high: [] };
  return {
    day,
    units: Number(units.toPrecision(DIGITS)),
    low: quantileAt(steps.low, units),
    high: quantileAt(steps.high, units),
    source,
    ...(calibration === undefined ? {} : { calibration }),
  };
}

function servedModels(asked: readonly AskedModel[], routes: Routes): ServedModel[] {
  return asked.map(({ category, answered }) => ({ ...routes.byCategory[category], answered }));
}

function logLine(
  answer: OperationResult<"forecast">["body"],
  requestId: string,
  clock: ApiClock,
  started: number,
): ForecastLogLine {
  const sources: Partial<Record<ForecastSource, number>> = {};
  for (const { source } of answer.forecasts.flatMap(({ days }) => days)) {
    sources[source] = (sources[source] ?? 0) + 1;
  }
  return {
    event: "forecast",
    requestId,
    at: new Date(clock.now()).toISOString(),
    store: answer.store,
    from: answer.from,
    days: answer.days,
    served: answer.models,
    sources,
    missingSkus: answer.missing.length,
    milliseconds: Math.round((clock.elapsed() - started) * 10) / 10,
    notices: answer.notices,
    units: Object.fromEntries(answer.forecasts.map(({ sku, days }) => [sku, days.map(({ units }) => units)])),
  };
}
