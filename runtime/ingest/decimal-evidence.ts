import type { IngestConfig } from "./config";
import type { SalesFile } from "./sales-file";

/** Columns of money whose numbers show how the files write decimals, beside those of units. */
const MONEY = ["price", "amount", "listPrice"] as const;
/** 0.99, 12.5, 1,234.50: the point divides, since three digits do not follow it or a comma groups before it. */
const POINT =
  /^(?:\d+|\d{1,3}(?:,\d{3})+)\.(?:\d{1,2}|\d{4,})$|^0?\.\d+$|^\d{1,3}(?:,\d{3})+\.\d+$|^\d{4,}\.\d+$/;
/** 0,99, 12,5, 1.234,50. */
const COMMA = /^(?:\d+|\d{1,3}(?:\.\d{3})+),(?:\d{1,2}|\d{4,})$|^0,\d+$|^\d{1,3}(?:\.\d{3})+,\d+$/;

/** 1,080: beside it, 1,5 may be a slip. */
const GROUPED = /^\d{1,3}(?:,\d{3})+$/;

/**
 * A config that says what the marks of a number mean where the files' first rows show it: beside 0.99 the point of 1.495 is a
 * decimal point, and prices such as 1,20 have decimal commas, whatever a point means in the quantities. Left at "auto", which
 * rejects what may be either, when nothing shows it, when prices have both, or when a quantity alone has a comma.
 */
export function withDecimal(config: IngestConfig, starts: readonly SalesFile[]): IngestConfig {
  if (config.decimal !== "auto") return config;
  const shown = { quantity: noMarks(), money: noMarks() };
  for (const { start, layout } of starts) {
    const units = layout?.wide?.columns.map(({ at }) => at) ?? [layout?.positions.quantity];
    const money = MONEY.map((name) => layout?.positions[name]);
    for (const row of start.rows)
      for (const [i, at] of [...units, ...money].entries()) {
        if (at === undefined) continue;
        const text = bareNumber(row[at] ?? "");
        const marks = i < units.length ? shown.quantity : shown.money;
        marks.comma ||= COMMA.test(text);
        marks.point ||= POINT.test(text);
        marks.groups ||= GROUPED.test(text);
      }
  }
  const { quantity, money } = shown;
  if (money.comma && !money.point && !money.groups) {
    // One file has one way: where quantities have commas too, and no points, they are decimal as those of the prices are.
    const isComma = (quantity.comma || quantity.groups) && !quantity.point;
    if (isComma || !quantity.comma) return { ...config, decimal: isComma ? "comma" : "evident" };
  }
  if (quantity.comma || money.comma) return config;
  return quantity.point || money.point ? { ...config, decimal: "point" } : config;
}

const noMarks = () => ({ comma: false, point: false, groups: false });

function bareNumber(text: string): string {
  return text.normalize("NFKC").replace(/[^\d.,]/gu, "");
}
