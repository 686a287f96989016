import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { SERIES_SET, type SeriesAnswer } from "../../contracts/series-set";
import { dayNumber } from "../../forecasting/calendar/day";
import type { RowSet } from "../training/row-set";

/** What DeepAR expects of a row; undefined where it was not asked. */
export type SeriesMeans = (
  rows: Pick<RowSet, "storeIds" | "skuIds" | "days">,
  row: number,
) => number | undefined;

/**
 * The answers of a Batch Transform to the requests of a series set: a line each, in the same order.
 *
 * @param series folder of the series set; @param answers of the transform's output
 * @throws when a line is missing, is no answer or has no whole horizon
 */
export function readSeriesAnswers(series: string, answers: string): SeriesMeans {
  const keys = linesOf(join(series, SERIES_SET.keys));
  const files = readdirSync(answers).filter((name) => name.endsWith(".out"));
  const lines = files.sort().flatMap((name) => linesOf(join(answers, name)));
  if (lines.length !== keys.length)
    throw new Error(`${answers} has ${lines.length} answers to ${keys.length} requests: one each is allowed`);
  const means = new Map<string, number>();
  for (const [i, key] of keys.entries()) {
    const [store, sku, origin = ""] = key.split(",");
    const mean = meanOf(lines[i]!, i + 1);
    mean.forEach((value, ahead) =>
      means.set(`${store} ${sku} ${dayNumber(origin) + 1 + ahead}`, Math.max(0, value)),
    );
  }
  return ({ storeIds, skuIds, days }, row) => means.get(`${storeIds[row]!} ${skuIds[row]!} ${days[row]!}`);
}

function meanOf(line: string, number: number): readonly number[] {
  const { mean } = JSON.parse(line) as Partial<SeriesAnswer>;
  if (!Array.isArray(mean) || mean.length !== HORIZON_DAYS || !mean.every((value) => Number.isFinite(value)))
    throw new Error(
      `answer ${number} has the mean ${JSON.stringify(mean)}; allowed: ${HORIZON_DAYS} numbers`,
    );
  return mean as readonly number[];
}

const linesOf = (file: string) => readFileSync(file, "utf8").split("\n").filter(Boolean);
