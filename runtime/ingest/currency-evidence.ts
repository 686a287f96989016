import { filledCells } from "./column-values";
import type { IngestConfig } from "./config";
import type { SalesFile } from "./sales-file";

const DEFAULT_CURRENCY = "JPY";
/** By what stands beside a number, or in brackets in a header. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/¥|￥|円|\bjpy\b|\byen\b/i, "JPY"],
  [/€|\beur(?:os?)?\b/i, "EUR"],
  [/£|\bgbp\b/i, "GBP"],
  [/₹|\binr\b|\brs\.?\s*\d/i, "INR"],
  [/₩|\bkrw\b|원/i, "KRW"],
  [/₽|\brub\b/i, "RUB"],
  [/\b(?:rmb|cny)\b|元/i, "CNY"],
  [/(?:^|[^a-z])\$|\bus(?:d|\$)|\bdollars?\b/i, "USD"],
];

/**
 * A config that names the currency of the data: what the config says, else the one sign that the prices have. Without one,
 * or with two, the chain's own is taken, and said where the figures do not look like it.
 */
export function withCurrency(
  config: IngestConfig,
  sales: readonly SalesFile[],
  warnings: string[],
): IngestConfig {
  if (config.currency !== "auto") return config;
  const found = new Set<string>();
  let hasDecimals = false;
  for (const { layout, start } of sales) {
    if (["price", "amount"].every((name) => layout?.positions[name] === undefined)) continue;
    const column = (start.header ?? []).findIndex((name) =>
      /^(?:currency|currency ?code|通貨)$/i.test(name.trim()),
    );
    for (const code of column < 0 ? [] : filledCells(start.rows, column))
      if (/^[A-Z]{3}$/.test(code)) found.add(code);
    for (const name of ["price", "amount", "listPrice"]) {
      const at = layout?.positions[name];
      if (at === undefined) continue;
      const cells = filledCells(start.rows, at);
      hasDecimals ||= cells.some((cell) => /[.,]\d{1,2}(?!\d)/.test(cell) && !/[.,]0+(?!\d)/.test(cell));
      for (const text of [layout?.header[at] ?? "", ...cells]) {
        const plain = text.replaceAll("_", " ");
        const sign = SIGNS.find(([pattern]) => pattern.test(plain));
        if (sign) found.add(sign[1]);
      }
    }
  }
  const [currency] = found;
  if (found.size === 1 && currency !== undefined) {
    if (currency !== DEFAULT_CURRENCY)
      warnings.push(
        `prices are taken for ${currency}, as they are marked ("currency" in the data config says otherwise)`,
      );
    return { ...config, currency };
  }
  if (found.size > 1)
    warnings.push(
      `prices are marked ${[...found].join(" and ")}: all are taken for ${DEFAULT_CURRENCY}; set "currency" in the data config`,
    );
  else if (hasDecimals)
    warnings.push(
      `prices have decimals and no currency: they are taken for ${DEFAULT_CURRENCY}; set "currency" in the data config`,
    );
  return { ...config, currency: DEFAULT_CURRENCY };
}
