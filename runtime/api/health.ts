import { seriesDay } from "../../contracts/feature-groups";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import type { ForecastPorts } from "./forecast/answer-forecast";
import { Deadline } from "./forecast/deadline";
import type { OperationResult } from "./operations";

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/**
 * Whether forecasts can be made from what they should be made from. It asks no model: a look at the health every few seconds
 * would be the most frequent caller of the endpoint. What fails is said; the API goes on with its fallbacks.
 */
export function answerHealth(ports: ForecastPorts) {
  return async (): Promise<OperationResult<"health">> => {
    const deadline = new Deadline(ports.deadlineMilliseconds, ports.clock.elapsed);
    const open = await ports.night.open().catch(() => undefined);
    const cutoff = open?.value.night.cutoff;
    const yesterday = isoDate(dayNumber(ports.clock.today()) - 1);
    const checks: Check[] = await Promise.all([
      {
        name: "last night",
        ok: cutoff !== undefined && cutoff >= yesterday && !open!.isStale,
        detail: cutoff === undefined ? "cannot be read" : `sales up to ${cutoff}`,
      },
      check("model pointers", async () => {
        const { champion } = await ports.router.liveVersions();
        return `${Object.keys(champion).length} categories have a champion`;
      }),
      check("features", async () => {
        const probe = seriesDay(1, 1, 1);
        const read = (signal: AbortSignal) => ports.features.readBatch([probe], signal);
        const { rows } = await deadline.within("the feature store", 0.9, read);
        return `answers, with ${rows.size} of 1 row`;
      }),
    ]);
    const status = checks.every(({ ok }) => ok) ? ("ok" as const) : ("degraded" as const);
    return { status: 200, body: { status, ...(cutoff === undefined ? {} : { asOf: cutoff }), checks } };
  };
}

async function check(name: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await look() };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
