import type { Subject } from "./cost-subjects";

/** Environments that the first design of the platform put a price on. */
export type DesignedStack = "dev" | "prod";

/** One line of the first design's table (docs/adr/0017): USD a month, rounded there. */
export interface DesignLine {
  readonly subject: Subject | "not itemised";
  readonly usd: Readonly<Partial<Record<DesignedStack, number>>>;
  /** What the figure stood for, as far as it is known. */
  readonly stoodFor: string;
  /** What a month at the design's figure would take. */
  readonly wouldTake: string;
}

/** The design's environment that a stack does the work of: lean runs the whole chain every night, as prod does. */
export const DESIGN_OF: Readonly<Record<string, DesignedStack>> = { dev: "dev", lean: "prod", prod: "prod" };

export const DESIGN_SUM_USD: Readonly<Record<DesignedStack, number>> = { dev: 17, prod: 283 };

export const FIRST_DESIGN: readonly DesignLine[] = [
  {
    subject: "hosted inference",
    usd: { prod: 210 },
    stoodFor: "2 x ml.m5.large around the clock, at about the us-east-1 rate with storage",
    wouldTake:
      "two instances at Tokyo's rate cost 217.54; less takes serverless endpoints (lean) or a savings plan",
  },
  {
    subject: "training, processing, batch scoring",
    usd: { dev: 4, prod: 46 },
    stoodFor: "dev 10 + 5 h of ml.m5.xlarge at 0.23; prod 60 h of ml.m5.xlarge and 47 h of ml.m5.2xlarge",
    wouldTake: "holds in an ordinary month; its limits allow far more, so that a slow night is no lost one",
  },
  {
    subject: "Studio",
    usd: { dev: 12 },
    stoodFor: "40 h of ml.m5.xlarge for one person; none in prod, no storage",
    wouldTake: "ml.t3.medium costs 2.61 for 40 h; home directories are the larger part",
  },
  {
    subject: "S3",
    usd: { prod: 12 },
    stoodFor: "500 GB at the us-east-1 rate",
    wouldTake: "Tokyo's rate makes 500 GB 12.50; holds while lifecycle rules keep the lake below 480 GB",
  },
  {
    subject: "interface endpoints",
    usd: {},
    stoodFor: "left out",
    wouldTake: "none: a network with internet (NAT, 45.26 a zone); in one zone and without Studio (lean) 61",
  },
  {
    subject: "Feature Store, online",
    usd: {},
    stoodFor: "left out",
    wouldTake: "none: no online store; less: writing only the records that changed",
  },
  {
    subject: "API, functions, firewall",
    usd: {},
    stoodFor: "left out",
    wouldTake:
      "none: no API; a private API needs no firewall (8.00) but an interface endpoint (10.22 a zone)",
  },
  {
    subject: "keys, logs, metrics, alarms, tables, images, transfer",
    usd: {},
    stoodFor: "left out",
    wouldTake: "none: AWS's own keys, no logs of the network, no alarms",
  },
  {
    subject: "not itemised",
    usd: { dev: 1, prod: 15 },
    stoodFor: "what the design's sums have over its known lines",
    wouldTake: "-",
  },
];

/** How a figure of the design stands to what is computed for its line. */
export type Verdict = "holds" | "quiet month only" | "cannot hold" | "left out";

export function verdictOf(
  designUsd: number | undefined,
  { minimumUsd, expectedUsd }: { readonly minimumUsd: number; readonly expectedUsd: number },
): Verdict {
  if (designUsd === undefined) return expectedUsd === 0 ? "holds" : "left out";
  if (designUsd >= expectedUsd) return "holds";
  return designUsd >= minimumUsd ? "quiet month only" : "cannot hold";
}
