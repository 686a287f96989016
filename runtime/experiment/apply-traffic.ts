import type { Category } from "../../contracts/categories";
import { modelPointer } from "../../contracts/parameters";
import type { Variant } from "../../contracts/variants";
import type { Weights } from "../../forecasting/experiment/desired-traffic";
import type { TrafficReport } from "../../forecasting/experiment/evidence";
import type { EndpointControl } from "../endpoints/endpoint-control";
import type { ModelWarmer } from "../endpoints/warm-up";
import type { ServedModels } from "../models/served-models";

/** The part of an endpoint that a release moves. */
export type TrafficControl = Pick<
  EndpointControl,
  "describe" | "updateWeights" | "readPointer" | "setPointer"
>;

interface DesiredPointer {
  readonly variant: Variant;
  readonly category: Category;
  readonly version: string;
  /** Moves only while it names this: what somebody else has put there meanwhile is theirs. @default whatever it names */
  readonly from?: string;
  /**
   * Set on the way back to what was live a moment ago: its archive is there, for nothing deletes one, and looking for it must
   * not hold the way back up.
   */
  readonly isTrusted: boolean;
  /** `after` on the way back: it waits for no model to load, and a model that does not load keeps nothing from going back. */
  readonly warmUp: "before" | "after";
}

interface DesiredTraffic {
  readonly environment: string;
  readonly endpointName: string;
  /** Undefined leaves them to the program. */
  readonly weights?: Weights;
  readonly pointers: readonly DesiredPointer[];
}

interface Patience {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** How long to try again; 0 tries once. */
  readonly milliseconds: number;
}

interface Controls {
  readonly traffic: TrafficControl;
  readonly models: ServedModels;
  readonly warmer: ModelWarmer;
}

/** What came of the attempts so far. */
interface Progress {
  readonly moved: string[];
  /** Warm-ups behind a pointer that is set: each comes to what went wrong, and none is rejected. */
  readonly warming: Promise<string | undefined>[];
}

/** A rollback has a minute: between two tries of it there is time for many more. */
const RETRY_MILLISECONDS = 3000;

/**
 * Brings archives, pointers and weights to what is wanted, and looks at the endpoint afterwards: what SageMaker has accepted
 * is not yet what it does. No pointer moves to a version whose archive is not where its variant loads it from, and on the way
 * forward to none that the variant's container has not answered with. An endpoint
 * that is being updated rejects other weights; they are asked for again until the patience ends, and the next look begins
 * anew, so nothing is dropped.
 */
export async function applyTraffic(
  controls: Controls,
  desired: DesiredTraffic,
  { now, sleep, milliseconds }: Patience,
): Promise<TrafficReport> {
  const end = now() + milliseconds;
  const progress: Progress = { moved: [], warming: [] };
  const report = async (isApplied: boolean, detail: string): Promise<TrafficReport> => {
    // A function that has returned does nothing more: what is still being warmed is waited for, after everything is set.
    const cold = (await Promise.all(progress.warming)).filter((reason) => reason !== undefined);
    const { moved } = progress;
    return { isApplied, detail: [detail, ...cold].join("; "), ...(moved.length > 0 ? { moved } : {}) };
  };
  for (let attempts = 1; ; attempts++) {
    const { missing, copied } = await attempt(controls, desired, progress);
    if (missing.length === 0) return report(true, describe(desired, copied, attempts));
    if (now() + RETRY_MILLISECONDS > end) return report(false, missing.join("; "));
    await sleep(RETRY_MILLISECONDS);
  }
}

/** @returns what is not yet as it should be; one part that cannot be set keeps none of the others */
async function attempt(controls: Controls, desired: DesiredTraffic, progress: Progress) {
  const { traffic, models } = controls;
  const missing: string[] = [];
  const copied: string[] = [];
  const unless = async (act: () => Promise<string | undefined>) => {
    const found = await act().catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    if (found !== undefined) missing.push(found);
  };
  for (const pointer of desired.pointers) {
    await unless(async () => {
      const { variant, category, version, isTrusted } = pointer;
      if (!isTrusted && (await models.provide(variant, category, version)) === "copied") {
        copied.push(`the archive of ${category} ${version} was copied to the ${variant}'s`);
      }
      return movePointer(controls, nameOf(desired, pointer), pointer, progress);
    });
  }
  const { weights, endpointName } = desired;
  if (weights) await unless(() => moveWeights(traffic, endpointName, weights));
  return { missing, copied };
}

const nameOf = ({ environment }: DesiredTraffic, { variant, category }: DesiredPointer) =>
  modelPointer(environment, variant, category);

async function movePointer(
  { traffic, warmer }: Controls,
  name: string,
  { variant, category, version, from, warmUp }: DesiredPointer,
  { moved, warming }: Progress,
): Promise<string | undefined> {
  const before = await traffic.readPointer(name);
  if (before === version || (from !== undefined && before !== from)) return undefined;
  if (warmUp === "before") await warmer.warm(variant, category, version);
  await traffic.setPointer(name, version);
  if (warmUp === "after") warming.push(warmer.warm(variant, category, version).then(() => undefined, String));
  moved.push(`${name} named ${before} and was set to ${version}`);
  const found = await traffic.readPointer(name);
  return found === version ? undefined : `${name} is ${found}, not ${version}`;
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

function describe(desired: DesiredTraffic, copied: readonly string[], attempts: number): string {
  const { weights, pointers, endpointName } = desired;
  const parts = [
    ...(weights
      ? [`endpoint ${endpointName} has champion ${weights.champion}, challenger ${weights.challenger}`]
      : []),
    ...copied,
    ...pointers.map((pointer) => `${nameOf(desired, pointer)} is ${pointer.version}`),
  ];
  return `${parts.join("; ") || "nothing to set"}${attempts > 1 ? ` (attempt ${attempts})` : ""}`;
}
