import { isoDate } from "../../forecasting/calendar/day";
import { worldDays } from "../../forecasting/generator/options";
import type { Stage } from "../engine/stages/run-stage";
import { type GeneratedFiles, generateFiles } from "../generate/generate-files";
import { type TruthReport, writeTruth } from "../generate/write-truth";
import { ingest, type IngestReport } from "../ingest/ingest";

export interface DataOptions {
  /** Folder with the user's own files, or one file of sales; generated files otherwise. */
  readonly data?: string;
  /** How the user's files are to be read; see docs/your-data.md. @default the data folder's own, else built-in names */
  readonly config?: object;
  /** The lake of an earlier run, to which the files are added that it does not have. @default a new lake of all files */
  readonly addTo?: string;
  readonly stores: number;
  readonly skus: number;
  readonly days: number;
  readonly seed: number;
  /** Generated stores and items change as real ones do. @default false */
  readonly unsteady?: boolean;
  /** No sale can be later than this ISO date. Generated data brings its own. */
  readonly today: string;
  /** Where rejected rows stay when the ingest fails; of a whole run they are in its folder. */
  readonly rejected: string;
}

const text = (count: number) => count.toLocaleString("en");
type World = Pick<DataOptions, "stores" | "skus" | "days" | "seed" | "unsteady">;
const worldOf = ({ stores, skus, days, seed, unsteady = false }: World) => ({
  ...{ stores, skus, days, seed },
  unsteady,
});

/** Generated sales take the same way as a user's: files first. */
export function generateStage(
  { tillFaults = false, ...options }: World & { readonly tillFaults?: boolean },
  out: string,
): Stage<GeneratedFiles> {
  const world = { ...worldOf(options), ...(tillFaults ? { tillFaults } : {}) };
  return {
    name: "generate",
    inputs: {},
    out,
    options: world,
    run: (onProgress) =>
      generateFiles({ ...world, out, onProgress: (done, all) => onProgress(`${done} of ${all} stores`) }),
    describe: ({ lineCount }) => `${text(lineCount)} receipt lines of ${world.stores} stores`,
  };
}

export function ingestStage(options: DataOptions, input: string, lake: string): Stage<IngestReport> {
  const isGenerated = options.data === undefined;
  const today = isGenerated ? isoDate(worldDays(worldOf(options)).cutoff + 1) : options.today;
  const { rejected } = options;
  return {
    name: "ingest",
    inputs: { data: input, from: options.addTo },
    out: lake,
    options: { today, config: options.config ?? {} },
    run: (onProgress) =>
      ingest({
        input,
        lake,
        today,
        rejected,
        // A user's own files grow day by day; generated ones never do.
        keepsLines: !isGenerated,
        ...(options.addTo === undefined ? {} : { mode: "add" as const, from: options.addTo }),
        ...(options.config ? { config: options.config } : {}),
        onProgress: (what, done, all) => onProgress(`${what} ${text(done)} of ${text(all)}`),
      }),
    describe: ({ readCount, rejectedCount, summary }) =>
      `${text(readCount)} rows read, ${text(rejectedCount)} rejected, ${text(summary.rowCount)} store x SKU x days`,
  };
}

export function truthStage(options: DataOptions, lake: string, out: string): Stage<TruthReport> {
  const world = worldOf(options);
  return {
    name: "truth",
    inputs: { lake },
    out,
    options: world,
    run: () => writeTruth({ ...world, lake, out }),
    describe: ({ rowCount }) => `the true mean of ${text(rowCount)} cells, to evaluate by`,
  };
}
