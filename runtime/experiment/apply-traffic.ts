import type { Weights } from "../../forecasting/experiment/desired-traffic";
import type { TrafficReport } from "../../forecasting/experiment/evidence";
import type { EndpointControl } from "../endpoints/endpoint-control";

/** The part of an endpoint that a release moves. */
export type TrafficControl = Pick<
  EndpointControl,
  "describe" | "updateWeights" | "readPointer" | "setPointer"
>;

interface DesiredTraffic {
  readonly endpointName: string;
  /** Undefined leaves them to the program. */
  readonly weights?: Weights;
  /** Parameter -> version. */
  readonly pointers: ReadonlyMap<string, string>;
}

interface Patience {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** How long to try again; 0 tries once. */
  readonly milliseconds: number;
}

/** A rollback has a minute: between two tries of it there is time for many more. */
const RETRY_MILLISECONDS = 3000;

/**
 * Brings pointers and weights to what is wanted, and looks at the endpoint afterwards: what SageMaker has accepted is not yet
 * what it does. An endpoint that is being updated rejects other weights; they are asked for again until the patience ends, and
 * the next look begins anew, so nothing is dropped.
 */
export async function applyTraffic(
  control: TrafficControl,
  desired: DesiredTraffic,
  { now, sleep, milliseconds }: Patience,
): Promise<TrafficReport> {
  const end = now() + milliseconds;
  for (let attempts = 1; ; attempts++) {
    const missing = await attempt(control, desired).catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    if (missing === undefined) return { isApplied: true, detail: describe(desired, attempts) };
    if (now() + RETRY_MILLISECONDS > end) return { isApplied: false, detail: missing };
    await sleep(RETRY_MILLISECONDS);
  }
}

/** @returns what is not yet as it should be */
async function attempt(control: TrafficControl, desired: DesiredTraffic): Promise<string | undefined> {
  for (const [name, version] of desired.pointers) {
    if ((await control.readPointer(name)) === version) continue;
    await control.setPointer(name, version);
    const found = await control.readPointer(name);
    if (found !== version) return `${name} is ${found}, not ${version}`;
  }
  return desired.weights && moveWeights(control, desired.endpointName, desired.weights);
}

async function moveWeights(
  control: TrafficControl,
  endpointName: string,
  weights: Weights,
): Promise<string | undefined> {
  const before = await control.describe(endpointName);
  const isRight = ({ variants }: typeof before) =>
    variants.every(({ name, weight }) => weight === weights[name as keyof Weights]);
  if (!isRight(before)) await control.updateWeights(endpointName, weights);
  const after = isRight(before) ? before : await control.describe(endpointName);
  if (after.status === "InService" && isRight(after)) return undefined;
  const shown = after.variants.map(({ name, weight }) => `${name} ${weight}`).join(", ");
  return `endpoint ${endpointName} is ${after.status} with ${shown}`;
}

function describe({ weights, pointers, endpointName }: DesiredTraffic, attempts: number): string {
  const parts = [
    ...(weights
      ? [`endpoint ${endpointName} has champion ${weights.champion}, challenger ${weights.challenger}`]
      : []),
    ...[...pointers].map(([name, version]) => `${name} is ${version}`),
  ];
  return `${parts.join("; ") || "nothing to set"}${attempts > 1 ? ` (attempt ${attempts})` : ""}`;
}
