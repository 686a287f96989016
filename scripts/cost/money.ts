import { estimatedShare, type CostSum } from "../../policies/cost/pricing/sums";

/** A sum that rests on estimated prices for this share and more is marked. */
export const MARKED_FROM_SHARE = 0.05;

export const usd = (amount: number) => amount.toFixed(2);

/** Dollars and cents, with a ~ where estimated prices weigh in. */
export const markedUsd = (sum: CostSum) =>
  `${estimatedShare(sum) >= MARKED_FROM_SHARE ? "~" : ""}${usd(sum.usd)}`;

/** Yen have no cents. */
export const yen = (amountUsd: number, jpyPerUsd: number) =>
  Math.round(amountUsd * jpyPerUsd).toLocaleString("en");
