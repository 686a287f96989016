import type { Category } from "../../contracts/categories";
import type { AlarmSignal } from "../../forecasting/experiment/evidence";
import type { ServiceWindow } from "../../forecasting/experiment/service-windows";
import type { TrafficControl } from "./apply-traffic";
import type { ModelWarmer } from "../endpoints/warm-up";
import type { ServedModels } from "../models/served-models";
import type { NightComparison } from "./comparison-file";
import type { ExperimentJournal } from "./journal";

/** What a decision was, for those who are called. */
export interface Announcement {
  readonly category: Category;
  readonly experimentId: string;
  readonly from: string;
  readonly to: string;
  readonly action: string;
  readonly reasons: readonly string[];
  readonly isPaging: boolean;
}

/** What an evaluator reads and moves. A source that fails gives no evidence; it never stops a rollback. */
export interface EvaluatorPorts {
  readonly journal: ExperimentJournal;
  readonly traffic: TrafficControl;
  readonly models: ServedModels;
  readonly warmer: ModelWarmer;
  /** Undefined where no night was compared yet. */
  readonly readComparison: () => Promise<NightComparison | undefined>;
  /** Windows of five minutes since an instant; of the endpoint, whatever the category. */
  readonly readWindows: (since: string) => Promise<readonly ServiceWindow[]>;
  /** Alarms of the challenger's variant that are off now. */
  readonly readAlarms: () => Promise<readonly AlarmSignal[]>;
  readonly announce: (announcement: Announcement) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface EvaluatorSettings {
  readonly environment: string;
  readonly endpointName: string;
  /** Limit of the service's p99. */
  readonly latencyP99Milliseconds: number;
  /** Who is written into the journal. */
  readonly by: string;
}
