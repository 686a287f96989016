import { containersNeeded } from "./containers-needed";

/** Prices in USD. */
export interface HostingPrices {
  /** Per GB and second of computing, on demand and on provisioned concurrency. */
  readonly serverlessGbSecond: number;
  readonly provisionedGbSecond: number;
  /** Per GB and second that a container is kept warm. */
  readonly keptWarmGbSecond: number;
  readonly instanceHour: number;
}

/** What one endpoint has to carry. */
export interface HostingLoad {
  readonly requestsPerMonth: number;
  /** Requests of the busiest hour over those of a mean one. */
  readonly peakFactor: number;
  readonly secondsPerRequest: number;
  readonly memoryGb: number;
  /** Share of the requests that start cold without provisioned concurrency. */
  readonly coldShare: number;
  readonly warmP99Milliseconds: number;
  readonly coldP99Milliseconds: number;
  readonly objectiveMilliseconds: number;
  /** Requests per second that one instance carries within the objective. */
  readonly instanceRequestsPerSecond: number;
  readonly minInstances: number;
}

export interface HostingOption {
  readonly kind: "serverless" | "provisioned" | "instances";
  readonly monthlyUsd: number;
  /** Containers kept warm, or instances at the peak. */
  readonly units: number;
  readonly meetsObjective: boolean;
  readonly reason: string;
}

const HOURS_A_MONTH = 730;
const SECONDS_A_MONTH = HOURS_A_MONTH * 3600;
/** From a hundredth of cold starts on, the 99th percentile is one. */
const COLD_SHARE = 0.01;

/** The three ways to host a model, cheapest first. */
export function hostingOptions(load: HostingLoad, prices: HostingPrices): HostingOption[] {
  return [serverless(load, prices), provisioned(load, prices), instances(load, prices)].sort(
    (a, b) => a.monthlyUsd - b.monthlyUsd,
  );
}

/** The cheapest that meets the objective; undefined where none does. */
export function adviseHosting(load: HostingLoad, prices: HostingPrices): HostingOption | undefined {
  return hostingOptions(load, prices).find(({ meetsObjective }) => meetsObjective);
}

const computedGbSeconds = ({ requestsPerMonth, secondsPerRequest, memoryGb }: HostingLoad) =>
  requestsPerMonth * secondsPerRequest * memoryGb;

const peakRequestsPerSecond = ({ requestsPerMonth, peakFactor }: HostingLoad) =>
  (requestsPerMonth / SECONDS_A_MONTH) * peakFactor;

function serverless(load: HostingLoad, prices: HostingPrices): HostingOption {
  const isCold = load.coldShare > COLD_SHARE;
  const p99 = isCold ? load.coldP99Milliseconds : load.warmP99Milliseconds;
  return {
    kind: "serverless",
    monthlyUsd: computedGbSeconds(load) * prices.serverlessGbSecond,
    units: 0,
    meetsObjective: p99 <= load.objectiveMilliseconds,
    reason: `${(load.coldShare * 100).toFixed(1)} % cold starts: p99 ${Math.round(p99)} ms`,
  };
}

function provisioned(load: HostingLoad, prices: HostingPrices): HostingOption {
  const rate = { requestsPerSecond: peakRequestsPerSecond(load), secondsPerRequest: load.secondsPerRequest };
  const units = containersNeeded(rate, COLD_SHARE);
  const kept = (units ?? 0) * load.memoryGb * SECONDS_A_MONTH * prices.keptWarmGbSecond;
  return {
    kind: "provisioned",
    monthlyUsd: units === undefined ? Infinity : kept + computedGbSeconds(load) * prices.provisionedGbSecond,
    units: units ?? 0,
    meetsObjective: units !== undefined && load.warmP99Milliseconds <= load.objectiveMilliseconds,
    reason:
      units === undefined
        ? "more containers than SageMaker keeps warm"
        : `${units} kept warm: under 1 % cold starts at the peak, p99 ${Math.round(load.warmP99Milliseconds)} ms`,
  };
}

function instances(load: HostingLoad, prices: HostingPrices): HostingOption {
  const units = Math.max(
    load.minInstances,
    Math.ceil(peakRequestsPerSecond(load) / load.instanceRequestsPerSecond),
  );
  return {
    kind: "instances",
    monthlyUsd: units * HOURS_A_MONTH * prices.instanceHour,
    units,
    meetsObjective: load.warmP99Milliseconds <= load.objectiveMilliseconds,
    reason: `${units} always there: no cold starts, p99 ${Math.round(load.warmP99Milliseconds)} ms`,
  };
}
