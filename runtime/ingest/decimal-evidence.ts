import { matchColumns } from "./columns";
import type { IngestConfig } from "./config";
import type { SalesStart } from "./date-order";

/** Columns whose numbers show how the files write decimals. */
const FIGURES = ["quantity", "price", "amount", "listPrice"] as const;
/** 0.99, 12.5, 1,234.50: the point divides, since three digits do not follow it or a comma groups before it. */
const POINT =
  /^(?:\d+|\d{1,3}(?:,\d{3})+)\.(?:\d{1,2}|\d{4,})$|^0?\.\d+$|^\d{1,3}(?:,\d{3})+\.\d+$|^\d{4,}\.\d+$/;
/** 0,99, 12,5, 1.234,50. */
const COMMA = /^(?:\d+|\d{1,3}(?:\.\d{3})+),(?:\d{1,2}|\d{4,})$|^0,\d+$|^\d{1,3}(?:\.\d{3})+,\d+$/;

/**
 * A config that says what the point of 1.495 means where the files' first rows show it: beside 0.99 it is a decimal
 * point. Left at "auto", which rejects such a number, when nothing shows it or when there are decimal commas too.
 */
export function withDecimal(config: IngestConfig, starts: readonly SalesStart[]): IngestConfig {
  if (config.decimal !== "auto") return config;
  let hasPoint = false;
  for (const { start } of starts) {
    if (!start.header) continue;
    const { positions } = matchColumns("transactions", start.header, config);
    for (const row of start.rows)
      for (const name of FIGURES) {
        const text = bareNumber(row[positions[name] ?? -1] ?? "");
        if (COMMA.test(text)) return config;
        hasPoint ||= POINT.test(text);
      }
  }
  return hasPoint ? { ...config, decimal: "point" } : config;
}

function bareNumber(text: string): string {
  return text.normalize("NFKC").replace(/[^\d.,]/gu, "");
}
