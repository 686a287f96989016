import { formatPercentBeside } from "../metrics/metric";

/** What the gate looks at: figures of one category on the hold-out, shares of what was sold. */
export interface GateFigures {
  /** Store x days, and weekly origins, that the figures are of. */
  readonly rows: number;
  readonly origins: number;
  readonly wape: number;
  /** Signed: above 0 is too much. */
  readonly bias: number;
  readonly championWape: number;
  readonly championBias: number;
  readonly bestSimpleWape: number;
  readonly naiveWape: number;
  /** The same of each part of the category: a mean hides who is harmed. */
  readonly parts: readonly { readonly name: string; readonly wape: number; readonly championWape: number }[];
}

export const GATE = {
  /** Store x days: below, a WAPE of single days is mostly noise. */
  minimumRows: 100,
  minimumOrigins: 1,
  /** A candidate becomes a challenger, not the champion: it may lose a tie, an experiment decides. */
  tie: 0.01,
  /** Share of sales. */
  largestBias: 0.05,
  /** By so much a part may be worse than with the champion. */
  largestHarm: 0.1,
} as const;

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

/** Why a candidate must not be proposed; empty for one that may. */
export function gateReasons(figures: GateFigures): string[] {
  const { rows, origins, wape, bias } = figures;
  if (rows < GATE.minimumRows || origins < GATE.minimumOrigins) {
    return [
      `too little to judge by: ${rows} store x days (at least ${GATE.minimumRows}) of ${origins} origins (at least ${GATE.minimumOrigins})`,
    ];
  }
  const worseThan = (name: string, other: number, allowed: number) =>
    wape > other * (1 + allowed)
      ? [`WAPE ${percent(wape)} is worse than that of ${name}, ${percent(other)}`]
      : [];
  const allowedBias = Math.max(GATE.largestBias, Math.abs(figures.championBias));
  const isBiased = Math.abs(bias) > allowedBias;
  const harmed = figures.parts.filter((part) => part.wape > part.championWape * (1 + GATE.largestHarm));
  return [
    ...worseThan("the champion", figures.championWape, GATE.tie),
    ...worseThan("the best simple forecaster", figures.bestSimpleWape, GATE.tie),
    ...worseThan("seasonal naive", figures.naiveWape, 0),
    ...(isBiased
      ? [
          `bias ${formatPercentBeside({ value: Math.abs(bias) }, allowedBias)} ${bias > 0 ? "too much" : "too little"}: allowed are ${percent(GATE.largestBias)}, or the champion's ${percent(Math.abs(figures.championBias))}`,
        ]
      : []),
    ...harmed.map(
      (part) => `${part.name}: WAPE ${percent(part.wape)}, with the champion ${percent(part.championWape)}`,
    ),
  ];
}
