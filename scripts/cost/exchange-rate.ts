import { UserError } from "../../runtime/engine/files/clear-error";
import SETTING from "./exchange-rate.json";

/** What a dollar of AWS's bill is in yen. */
export interface ExchangeRate {
  readonly jpyPerUsd: number;
  /** Day on which the rate was announced (YYYY-MM-DD); undefined for one that was given by hand. */
  readonly asOf?: string;
  readonly source: string;
}

/** Rates outside of these bounds are typing errors: since 1973 a dollar has cost 75 to 308 yen. */
const LOWEST_JPY = 50;
const HIGHEST_JPY = 500;

/**
 * The rate of exchange-rate.json, or the one that was given.
 *
 * @throws UserError where the given text is no such rate
 */
export function exchangeRate(given?: string): ExchangeRate {
  if (given === undefined) return SETTING;
  const jpyPerUsd = Number(given);
  if (!(jpyPerUsd >= LOWEST_JPY && jpyPerUsd <= HIGHEST_JPY))
    throw new UserError(
      `--jpy-per-usd ${given} is no rate; allowed: yen a dollar from ${LOWEST_JPY} to ${HIGHEST_JPY}`,
    );
  return { jpyPerUsd, source: "--jpy-per-usd" };
}

export function describeRate({ jpyPerUsd, asOf, source }: ExchangeRate): string {
  return `${jpyPerUsd} JPY a USD (${source}${asOf === undefined ? "" : `, ${asOf}`})`;
}
