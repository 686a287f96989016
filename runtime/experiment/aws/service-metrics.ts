import {
  type CloudWatchClient,
  GetMetricDataCommand,
  paginateDescribeAlarms,
  type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import { ROLLBACK_ALARMS, variantAlarmName } from "../../../contracts/variant-alarms";
import { VARIANTS, type Variant } from "../../../contracts/variants";
import type { AlarmSignal } from "../../../forecasting/experiment/evidence";
import type { ServiceWindow } from "../../../forecasting/experiment/service-windows";

const WINDOW_SECONDS = 300;
const WINDOW_MILLISECONDS = WINDOW_SECONDS * 1000;
/** CloudWatch may add to a window for some minutes after its end. */
const SETTLED_AFTER_MILLISECONDS = 120_000;
/** Longer than any share is watched, and below what one answer holds. */
const LONGEST_MILLISECONDS = 3 * 86_400_000;

/** What a variant is asked for, by the name of the answer. */
const SERIES = {
  requests: { metric: "Invocations", stat: "Sum" },
  serverErrors: { metric: "Invocation5XXErrors", stat: "Sum" },
  modelErrors: { metric: "InvocationModelErrors", stat: "Sum" },
  latency: { metric: "ModelLatency", stat: "p99" },
} as const;
type Series = keyof typeof SERIES;

/** How the variants of an endpoint serve, as CloudWatch has it. */
export class ServiceMetrics {
  constructor(
    private readonly client: CloudWatchClient,
    private readonly endpointName: string,
    private readonly now: () => number,
  ) {}

  /** Whole windows of five minutes, by CloudWatch's clock; one without requests has no latency. */
  async windows(since: string): Promise<ServiceWindow[]> {
    const until =
      Math.floor((this.now() - SETTLED_AFTER_MILLISECONDS) / WINDOW_MILLISECONDS) * WINDOW_MILLISECONDS;
    const from = Math.max(Date.parse(since), until - LONGEST_MILLISECONDS);
    const first = Math.ceil(from / WINDOW_MILLISECONDS) * WINDOW_MILLISECONDS;
    if (first >= until) return [];
    const values = await this.read(new Date(first), new Date(until));
    const windows: ServiceWindow[] = [];
    for (let start = first; start < until; start += WINDOW_MILLISECONDS) {
      const of = (variant: Variant) => {
        const at = (series: Series) => values.get(`${variant}_${series}`)?.get(start);
        const latency = at("latency");
        return {
          requests: at("requests") ?? 0,
          errors: Math.max(at("serverErrors") ?? 0, at("modelErrors") ?? 0),
          // Microseconds.
          ...(latency === undefined ? {} : { p99Milliseconds: latency / 1000 }),
        };
      };
      windows.push({
        start: new Date(start).toISOString(),
        champion: of("champion"),
        challenger: of("challenger"),
      });
    }
    return windows;
  }

  /** The challenger's alarms that are off now, and whether the champion's of the same kind is off too. */
  async alarms(): Promise<AlarmSignal[]> {
    const [ours, others] = await Promise.all([this.inAlarm("challenger"), this.inAlarm("champion")]);
    return ROLLBACK_ALARMS.flatMap((kind) => {
      const since = ours.get(this.alarmName("challenger", kind));
      if (since === undefined) return [];
      const name = this.alarmName("challenger", kind);
      return [{ id: `${name} ${since}`, name, isShared: others.has(this.alarmName("champion", kind)) }];
    });
  }

  private alarmName(variant: Variant, kind: string): string {
    return variantAlarmName(this.endpointName, variant, kind);
  }

  /** Name -> since when. */
  private async inAlarm(variant: Variant): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const pages = paginateDescribeAlarms(
      { client: this.client },
      { AlarmNamePrefix: this.alarmName(variant, ""), StateValue: "ALARM" },
    );
    for await (const { MetricAlarms = [] } of pages) {
      for (const {
        AlarmName = "",
        StateValue,
        StateTransitionedTimestamp,
        StateUpdatedTimestamp,
      } of MetricAlarms) {
        if (StateValue !== "ALARM") continue;
        found.set(
          AlarmName,
          (StateTransitionedTimestamp ?? StateUpdatedTimestamp ?? new Date(0)).toISOString(),
        );
      }
    }
    return found;
  }

  /** `<variant>_<series>` -> start of a window -> value. */
  private async read(StartTime: Date, EndTime: Date): Promise<Map<string, Map<number, number>>> {
    const MetricDataQueries = VARIANTS.flatMap((variant) =>
      (Object.keys(SERIES) as Series[]).map((series) => this.query(variant, series)),
    );
    const values = new Map<string, Map<number, number>>();
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(
        new GetMetricDataCommand({ MetricDataQueries, StartTime, EndTime, NextToken }),
      );
      for (const { Id = "", Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
        const series = values.get(Id) ?? new Map<number, number>();
        Timestamps.forEach((time, i) => series.set(time.getTime(), Values[i]!));
        values.set(Id, series);
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return values;
  }

  private query(variant: Variant, series: Series): MetricDataQuery {
    const { metric, stat } = SERIES[series];
    return {
      Id: `${variant}_${series}`,
      MetricStat: {
        Metric: {
          Namespace: "AWS/SageMaker",
          MetricName: metric,
          Dimensions: [
            { Name: "EndpointName", Value: this.endpointName },
            { Name: "VariantName", Value: variant },
          ],
        },
        Period: WINDOW_SECONDS,
        Stat: stat,
      },
    };
  }
}
