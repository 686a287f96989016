import * as z from "zod";
import { FORECAST_SOURCES, MAX_CODE_LENGTH, MAX_ORDER_LINES, MAX_PACKS, MAX_SKUS } from "../../contracts/api";
import { CATEGORIES } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { VARIANTS } from "../../contracts/variants";

/** Requests and answers of the API. The OpenAPI documents are made from these schemas and from nothing else. */

const code = (what: string, example: string) =>
  z
    .string()
    .min(1)
    .max(MAX_CODE_LENGTH)
    .meta({ description: `The chain's own code of the ${what}`, example });
const isoDay = (description: string) => z.iso.date().meta({ description, example: "2026-11-24" });
const packs = z
  .int()
  .min(0)
  .max(MAX_PACKS)
  .meta({ description: "Packs to order; 0 orders nothing", example: 2 });

export const storePath = z.strictObject({ store: code("store", "S001") });
export const orderPath = z.strictObject({
  store: code("store", "S001"),
  day: isoDay("The morning on which it is ordered"),
});

export const forecastRequest = z
  .strictObject({
    skus: z
      .array(code("SKU", "4901085061015"))
      .min(1)
      .max(MAX_SKUS)
      .refine((skus) => new Set(skus).size === skus.length, { error: "names a SKU twice" })
      .meta({ description: "Each SKU once" }),
    from: isoDay("First day. Today where it is left out").optional(),
    days: z
      .int()
      .min(1)
      .max(HORIZON_DAYS)
      .default(HORIZON_DAYS)
      .meta({ description: "Days to forecast, counted from the first", example: HORIZON_DAYS }),
  })
  .meta({ id: "ForecastRequest" });

const forecastDay = z
  .strictObject({
    day: z.iso.date(),
    units: z.number().min(0).meta({ description: "Expected units" }),
    low: z.int().min(0).meta({ description: "Lower end of the 80 % interval" }),
    high: z.int().min(0).meta({ description: "Upper end of the 80 % interval" }),
    source: z.enum(FORECAST_SOURCES).meta({
      description:
        "What the figure is from, best first. `model`: the category's model on today's features. `batch`: last night's forecast. `baseline`: what the series usually sells on such a day. `seasonal-naive`: the same weekday of last week. `new-item`: what the chain's stores sell of it, for a SKU or store without a history. `not-sold`: 0 on purpose, the store is closed or has stopped the SKU.",
    }),
    calibration: z
      .number()
      .positive()
      .meta({
        description:
          "What the figure was multiplied by because all ordinary items of the category were lately forecast too high or too low by one factor. Absent where it was not.",
      })
      .optional(),
  })
  .meta({ id: "ForecastDay" });

const skuForecast = z
  .strictObject({
    sku: z.string(),
    name: z.string(),
    category: z.enum(CATEGORIES),
    days: z.array(forecastDay),
  })
  .meta({ id: "SkuForecast" });

const missingSku = z
  .strictObject({
    sku: z.string(),
    reason: z.enum(["unknown-sku", "no-forecast"]).meta({
      description:
        "`unknown-sku`: no product master has it. `no-forecast`: it is known, and nothing is left to forecast it from",
    }),
  })
  .meta({ id: "MissingSku" });

const servedModel = z
  .strictObject({
    category: z.enum(CATEGORIES),
    variant: z.enum(VARIANTS),
    version: z.string().optional(),
    experimentId: z.string().optional(),
    answered: z.boolean(),
  })
  .meta({ id: "ServedModel" });

export const forecastAnswer = z
  .strictObject({
    store: z.string(),
    storeName: z.string(),
    asOf: z.iso.date().meta({ description: "Last day whose sales are known" }),
    from: z.iso.date(),
    days: z.int(),
    complete: z.boolean().meta({ description: "Whether every SKU and day of the request has a forecast" }),
    degraded: z.boolean().meta({
      description: "Whether a fallback stands in for a model that should have answered; `notices` says why",
    }),
    forecasts: z.array(skuForecast),
    missing: z.array(missingSku),
    models: z.array(servedModel),
    notices: z.array(z.string()),
  })
  .meta({ id: "ForecastAnswer" });

const orderLine = z
  .strictObject({
    sku: z.string(),
    name: z.string(),
    category: z.enum(CATEGORIES),
    packs: z.int().min(0),
    units: z.int().min(0),
    packSize: z.int().min(1),
    reason: z.string().meta({ description: "Why the quantity is what it is" }),
    stockUnits: z.number().meta({ description: "Units that are there when the order arrives" }),
    protectionDays: z.int().meta({ description: "Days that stock and order have to last" }),
    expectedUnits: z.number().meta({ description: "Expected demand of those days" }),
    stockOutProbability: z.number().min(0).max(1),
    costYen: z.number(),
  })
  .meta({ id: "OrderLine" });

const confirmedLine = z.strictObject({ sku: code("SKU", "4901085061015"), packs });

export const confirmation = z
  .strictObject({
    lines: z
      .array(confirmedLine)
      .min(1)
      .max(MAX_ORDER_LINES)
      .refine((lines) => new Set(lines.map(({ sku }) => sku)).size === lines.length, {
        error: "names a SKU twice",
      })
      .meta({ description: "The whole order, each SKU once; what is not named is not ordered" }),
  })
  .meta({ id: "Confirmation" });

const confirmed = z
  .strictObject({ at: z.iso.datetime(), lines: z.array(confirmedLine) })
  .meta({ id: "ConfirmedOrder" });

export const orderAnswer = z
  .strictObject({
    store: z.string(),
    storeName: z.string(),
    day: z.iso.date(),
    asOf: z.iso.date().meta({ description: "Last day whose sales are known" }),
    stockSource: z.enum(["counted", "simulated", "taken as empty"]),
    lines: z.array(orderLine).meta({ description: "What is recommended" }),
    confirmed: confirmed.optional().meta({ description: "What the store has ordered, where it has" }),
  })
  .meta({ id: "OrderAnswer" });

export const healthAnswer = z
  .strictObject({
    status: z.enum(["ok", "degraded"]),
    asOf: z.iso.date().optional().meta({ description: "Last day whose sales are known" }),
    checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: "HealthAnswer" });

export const problem = z
  .strictObject({
    type: z.string().meta({ example: "urn:smartretail:problem:unknown-store" }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });

export type ForecastRequest = z.output<typeof forecastRequest>;
export type SkuForecast = z.output<typeof skuForecast>;
export type ForecastDay = z.output<typeof forecastDay>;
export type MissingSku = z.output<typeof missingSku>;
export type Confirmation = z.output<typeof confirmation>;
export type ConfirmedOrder = z.output<typeof confirmed>;
export type OrderAnswer = z.output<typeof orderAnswer>;
