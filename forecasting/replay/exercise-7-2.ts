import { randomFor } from "../generator/random";
import { explainLatency, type LatencyExplanation } from "../serving/explain-latency";
import { containersNeeded } from "../serving/containers-needed";
import {
  adviseHosting,
  type HostingLoad,
  type HostingOption,
  hostingOptions,
  type HostingPrices,
} from "../serving/hosting-advisor";
import { type ServingBehaviour, simulateServing } from "../serving/simulate-serving";

/**
 * An endpoint that answers in 300 ms on average, but in 1,200 ms at the 99th percentile where 500 are allowed. Loading the
 * model takes 800 ms, and 15 % of the requests meet a container that has to.
 */
const BEHAVIOUR: ServingBehaviour = {
  modelMilliseconds: 150,
  modelDeviation: 0.22,
  overheadMilliseconds: 30,
  loadMilliseconds: 800,
  loadDeviation: 0.18,
  startMilliseconds: 0,
  warmContainers: 0,
  mostContainers: 20,
  keepSeconds: 300,
};

/** Requests so rare that a container has gone before 15 in 100 of them: -ln 0.15 / 300 s. */
const TRAFFIC = { requestsPerSecond: 0.00632, requests: 20_000 } as const;
const OBJECTIVE_MILLISECONDS = 500;
const SECONDS_A_MONTH = 730 * 3600;

/** What could be done, one at a time. */
const REMEDIES: readonly { readonly name: string; readonly change: Partial<ServingBehaviour> }[] = [
  { name: "a model that loads twice as fast", change: { loadMilliseconds: 400 } },
  { name: "a model that computes twice as fast", change: { modelMilliseconds: 75 } },
  { name: "twice the containers at most", change: { mostContainers: 40 } },
  { name: "containers that stay twice as long", change: { keepSeconds: 600 } },
  { name: "one container kept warm", change: { warmContainers: 1 } },
];

export interface Exercise72 {
  readonly objectiveMilliseconds: number;
  readonly behaviour: ServingBehaviour;
  readonly explanation: LatencyExplanation;
  readonly remedies: readonly {
    readonly name: string;
    readonly mean: number;
    readonly p99: number;
    readonly coldShare: number;
    readonly meetsObjective: boolean;
  }[];
  /** Containers to keep warm at this traffic. */
  readonly containers: number | undefined;
  readonly load: HostingLoad;
  readonly options: readonly HostingOption[];
  readonly advice: HostingOption | undefined;
  /** The same options over traffic, for a picture. */
  readonly curve: readonly {
    readonly requestsPerMonth: number;
    readonly options: readonly HostingOption[];
  }[];
}

export function exercise72(prices: HostingPrices, requests: number = TRAFFIC.requests): Exercise72 {
  const explainWith = (change: Partial<ServingBehaviour>) =>
    explainLatency(
      simulateServing({ ...BEHAVIOUR, ...change }, { ...TRAFFIC, requests }, randomFor(7, "requests")),
    );
  const explanation = explainWith({});
  const remedies = REMEDIES.map(({ name, change }) => {
    const { mean, percentile, cause, affectedShare } = explainWith(change);
    return {
      name,
      mean,
      p99: percentile,
      coldShare: cause === "load" ? affectedShare : 0,
      meetsObjective: percentile <= OBJECTIVE_MILLISECONDS,
    };
  });
  const load: HostingLoad = {
    requestsPerMonth: TRAFFIC.requestsPerSecond * SECONDS_A_MONTH,
    peakFactor: 3,
    secondsPerRequest: BEHAVIOUR.modelMilliseconds / 1000,
    memoryGb: 2,
    coldShare: explanation.affectedShare,
    warmP99Milliseconds: remedies.at(-1)!.p99,
    coldP99Milliseconds: explanation.percentile,
    objectiveMilliseconds: OBJECTIVE_MILLISECONDS,
    // Two processors, one request each.
    instanceRequestsPerSecond: 2000 / BEHAVIOUR.modelMilliseconds,
    minInstances: 1,
  };
  return {
    objectiveMilliseconds: OBJECTIVE_MILLISECONDS,
    behaviour: BEHAVIOUR,
    explanation,
    remedies,
    containers: containersNeeded({ ...TRAFFIC, secondsPerRequest: load.secondsPerRequest }, 0.01),
    load,
    options: hostingOptions(load, prices),
    advice: adviseHosting(load, prices),
    curve: CURVE_REQUESTS.map((requestsPerMonth) => ({
      requestsPerMonth,
      options: hostingOptions(
        { ...load, requestsPerMonth, coldShare: coldShareAt(requestsPerMonth) },
        prices,
      ),
    })),
  };
}

/** Arrivals by chance: how often none comes while a container stays. New containers of a burst come on top. */
const coldShareAt = (requestsPerMonth: number) =>
  Math.exp((-requestsPerMonth / SECONDS_A_MONTH) * BEHAVIOUR.keepSeconds);

/** Three points a decade, from a thousand to ten million requests a month. */
const CURVE_REQUESTS = Array.from({ length: 13 }, (_, i) => Math.round(1000 * 10 ** (i / 3)));
