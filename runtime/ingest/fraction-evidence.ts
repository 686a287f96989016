import { filledCells } from "./column-values";
import type { IngestConfig } from "./config";
import { parseNumber } from "./number-text";
import type { SalesFile } from "./sales-file";

/** Fewer fractions than this in fewer lines than that are slips, not weights. */
const FEWEST_FRACTIONS = 3;
const FEW_LINES = 50;

/** A config that rejects fractions of a unit where a few lines are all there is and next to none of them has one. */
export function withFractions(config: IngestConfig, sales: readonly SalesFile[]): IngestConfig {
  if (config.quantities !== "auto") return config;
  let [lines, fractions] = [0, 0];
  for (const { layout, start } of sales) {
    const columns = layout?.wide?.columns.map(({ at }) => at) ?? [layout?.positions.quantity];
    lines += start.rows.length;
    for (const at of columns)
      if (at !== undefined)
        fractions += filledCells(start.rows, at).filter(
          (cell) => (parseNumber(cell, config.decimal) ?? 0) % 1 !== 0,
        ).length;
  }
  return lines < FEW_LINES && fractions < FEWEST_FRACTIONS ? { ...config, quantities: "whole" } : config;
}
