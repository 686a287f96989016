/**
 * Where a price comes from.
 * - `price-list`: the line of the AWS Price List for the table's region, read on `asOf`.
 * - `published`: a published rate that was not re-read from the region's price list (often one rate for every region).
 * - `estimate`: computed from another rate by the formula in `note`.
 */
export type PriceSource = "price-list" | "published" | "estimate";

export interface Price {
  /** US dollars per `unit`, on demand, before tax and free tier. */
  readonly usd: number;
  readonly unit: string;
  readonly source: PriceSource;
  /** Day on which the rate, or the rate that it was computed from, was read (YYYY-MM-DD). */
  readonly asOf: string;
  /** How an estimate was made, or what the rate leaves out. */
  readonly note?: string;
}

export interface PriceTable {
  readonly region: string;
  /** Day of the youngest line. */
  readonly asOf: string;
  readonly prices: Readonly<Record<string, Price>>;
}

/** The month of the AWS Pricing Calculator: 365 days x 24 h / 12. */
export const HOURS_PER_MONTH = 730;

/** Price key of an ML instance; hosting, training, processing, transform and Studio have had one rate per type. */
export function instancePriceKey(instanceType: string): string {
  return `sagemaker-instance/${instanceType}`;
}
