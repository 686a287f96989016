import { CATEGORIES, type Category } from "../../contracts/categories";
import { fitBaseline } from "../baseline/fit-baseline";
import type { Stage } from "../engine/stages/run-stage";
import { evaluate } from "../evaluation/evaluate";
import { judge } from "../evaluation/judge";
import { parseVersion } from "../evaluation/live-models";
import { measureNight } from "../evaluation/measure-night";
import { compareNights } from "../experiment/compare-nights";
import { buildFeatures } from "../features/build-features";
import { reduceChain, sumChain } from "../features/chain-sums";
import { generateFiles } from "../generate/generate-files";
import { writeTruth } from "../generate/write-truth";
import { ingest } from "../ingest/ingest";
import { QUARANTINE_FILE } from "../ingest/quarantine";
import { STATE_FOLDER } from "../ingest/work-folder";
import { monitor } from "../monitoring/monitor";
import { METRICS_FILE } from "../monitoring/monitor-folder";
import { orderWeek } from "../ordering/order-week";
import { simulateOrders } from "../ordering/simulate-orders";
import { writeReport } from "../report/write-report";
import { planRun } from "../lake/plan-run";
import { batchScore } from "../scoring/batch-score";
import { parseCalibration } from "../scoring/calibration-argument";
import { collectForecasts } from "../scoring/collect-forecasts";
import {
  modelRows,
  reduceScoreSums,
  reduceScoreTrends,
  scoreShard,
  scoreSums,
  scoreTrends,
} from "../scoring/score-shards";
import { buildServing } from "../serving/build-serving";
import { openFeatureStore } from "../stores/aws/feature-writer";
import type { OnlineWriter } from "../stores/online-writer";
import { putOnline } from "../stores/put-online";
import { trainModels } from "../training/train";
import { writeSeriesSet } from "../training/series-set";
import { writeTrainingSet } from "../training/training-set";
import { type ArgumentName, JobArgumentError, type JobArguments } from "./arguments";
import { capLists } from "./cap-lists";

/** One job of the container: the options that it takes, and the stage that they make. */
export interface Job {
  readonly options: readonly ArgumentName[];
  readonly stage: (given: JobArguments) => Omit<Stage<object>, "name" | "describe">;
  /** File of the result whose lines belong into the job's log, where CloudWatch reads them as metrics. */
  readonly logged?: string;
  /** Entries of the result that only the same stage reads again; who reads the result does not download them. */
  readonly keeps?: readonly string[];
}

type Named = Record<string, string | undefined>;

/** A stage whose inputs are the folders that it reads, and whose result depends on `options` besides. */
function stageOf<Inputs extends Named, Options extends object>(
  given: JobArguments,
  inputs: Inputs,
  options: Options,
  run: (all: Inputs & Options & { out: string; threads: number }) => Promise<object>,
): ReturnType<Job["stage"]> {
  const out = given.output();
  const threads = given.count("threads", 2);
  return {
    inputs,
    options: { ...options } as Record<string, unknown>,
    out,
    run: async () => capLists(await run({ ...inputs, ...options, out, threads })),
  };
}

/** The folders of these names, by the names that the stages have for them. */
function foldersOf<Name extends Parameters<JobArguments["folder"]>[0]>(
  given: JobArguments,
  ...names: Name[]
) {
  return Object.fromEntries(names.map((name) => [name, given.folder(name)])) as Record<Name, string>;
}

const range = (given: JobArguments) => ({
  from: given.day("from"),
  to: given.day("to"),
  cutoff: given.optionalDay("cutoff"),
});

const world = (given: JobArguments) => ({
  stores: given.count("stores", 16),
  skus: given.count("skus", 240),
  days: given.count("days", 420),
  seed: given.count("seed", 7, 0),
  unsteady: given.flag("unsteady"),
});

const WORLD = ["stores", "skus", "days", "seed", "unsteady"] as const;
const RANGE = ["from", "to", "cutoff"] as const;
const SHARD = ["block", "threads", "output"] as const;

/** Shards' folders as inputs by number, so that each counts in the fingerprint. */
const partsOf = (parts: readonly string[]): Named =>
  Object.fromEntries(parts.map((part, i) => [`part-${i}`, part]));

export const JOBS: Readonly<Record<string, Job>> = {
  generate: {
    options: [...WORLD, "output"],
    stage: (given) => stageOf(given, {}, world(given), (all) => generateFiles(all)),
  },
  ingest: {
    options: ["data", "today", "add-to", "keep-lines", "output"],
    stage: ingestStage,
    keeps: [STATE_FOLDER, QUARANTINE_FILE],
  },
  truth: {
    options: [...WORLD, "lake", "output"],
    stage: (given) => stageOf(given, foldersOf(given, "lake"), world(given), (all) => writeTruth(all)),
  },
  "chain-sums": {
    options: [...RANGE, "lake", "block", "output"],
    stage: (given) =>
      stageOf(given, foldersOf(given, "lake"), { ...range(given), blocks: given.blocks() }, (all) =>
        sumChain(all),
      ),
  },
  "reduce-chain-sums": {
    options: ["lake", "parts", "output"],
    stage: (given) => {
      const parts = given.parts();
      const inputs = { ...partsOf(parts), ...foldersOf(given, "lake") };
      return stageOf(given, inputs, {}, ({ lake, out }) => reduceChain({ lake, parts, out }));
    },
  },
  features: {
    options: [...RANGE, "lake", "chain-sums", "block", "output"],
    stage: (given) =>
      stageOf(
        given,
        { lake: given.folder("lake"), chainSums: given.folder("chain-sums") },
        { ...range(given), blocks: given.blocks() },
        (all) => buildFeatures(all),
      ),
  },
  baseline: {
    options: ["lake", "output"],
    stage: (given) => stageOf(given, foldersOf(given, "lake"), {}, (all) => fitBaseline(all)),
  },
  train: {
    options: ["lake", "features", "baseline", "threads", "output"],
    stage: (given) =>
      stageOf(given, foldersOf(given, "lake", "features", "baseline"), {}, (all) => trainModels(all)),
  },
  evaluate: {
    options: ["lake", "features", "baseline", "models", "served", "version", "truth", "output"],
    stage: evaluateStage,
  },
  judge: {
    options: [
      "lake",
      "features",
      "baseline",
      "served",
      "candidate",
      "series",
      "answers",
      "category",
      "version",
      "output",
    ],
    stage: judgeStage,
  },
  "training-set": {
    options: ["lake", "features", "baseline", "rows", "output"],
    stage: (given) =>
      stageOf(
        given,
        foldersOf(given, "lake", "features", "baseline"),
        { rows: given.count("rows", 150_000) },
        (all) => writeTrainingSet(all),
      ),
  },
  "series-set": {
    options: ["lake", "category", "rows", "output"],
    stage: (given) =>
      stageOf(
        given,
        foldersOf(given, "lake"),
        { category: categoryOf(given), rows: given.count("rows", 150_000) },
        (all) => writeSeriesSet(all),
      ),
  },
  score: {
    options: ["lake", "baseline", "models", "evaluation", "threads", "output"],
    stage: (given) =>
      stageOf(given, foldersOf(given, "lake", "baseline", "models", "evaluation"), {}, (all) =>
        batchScore(all),
      ),
  },
  "score-sums": {
    options: ["lake", "baseline", ...SHARD],
    stage: (given) =>
      stageOf(given, foldersOf(given, "lake", "baseline"), { blocks: given.blocks() }, (all) =>
        scoreSums(all),
      ),
  },
  "reduce-score-sums": {
    options: ["lake", "baseline", "parts", "output"],
    stage: reduceStage(reduceScoreSums),
  },
  "score-trends": {
    options: ["lake", "baseline", "sums", ...SHARD],
    stage: (given) =>
      stageOf(given, foldersOf(given, "lake", "baseline", "sums"), { blocks: given.blocks() }, (all) =>
        scoreTrends(all),
      ),
  },
  "reduce-score-trends": {
    options: ["lake", "baseline", "parts", "output"],
    stage: reduceStage(reduceScoreTrends),
  },
  "score-shard": {
    options: ["lake", "baseline", "models", "evaluation", "sums", "trends", ...SHARD],
    stage: (given) =>
      stageOf(
        given,
        foldersOf(given, "lake", "baseline", "models", "evaluation", "sums", "trends"),
        { blocks: given.blocks() },
        (all) => scoreShard(all),
      ),
  },
  plan: {
    options: ["today", "lake", "shards", "output"],
    stage: (given) =>
      stageOf(given, foldersOf(given, "lake"), { shards: given.count("shards", 1) }, (all) => planRun(all)),
  },
  "model-rows": {
    options: ["lake", "baseline", "sums", "trends", ...SHARD],
    stage: (given) =>
      stageOf(
        given,
        foldersOf(given, "lake", "baseline", "sums", "trends"),
        { blocks: given.blocks() },
        (all) => modelRows(all),
      ),
  },
  "online-features": {
    options: ["rows", "group", "block", "output"],
    stage: (given) => onlineStage(given, openFeatureStore),
  },
  measure: {
    options: ["lake", "forecasts", "simulation", "output"],
    stage: (given) => {
      const folders = {
        ...foldersOf(given, "lake", "forecasts"),
        simulation: given.optionalFolder("simulation"),
      };
      return stageOf(given, folders, {}, async (all) => {
        const { days, metrics } = await measureNight(all);
        return { days: days.length, metrics: metrics.length };
      });
    },
  },
  "collect-forecasts": {
    options: ["lake", "baseline", "evaluation", "answers", "version", "calibration", "threads", "output"],
    stage: (given) => {
      const [versions, calibrations] = [given.versions(), given.calibrations()];
      const options = { versions, ...(calibrations.length > 0 ? { calibrations } : {}) };
      return stageOf(given, foldersOf(given, "lake", "evaluation", "answers"), options, (all) =>
        collectForecasts({
          ...all,
          versions: versions.length > 0 ? versions.map(parseVersion) : undefined,
          calibrations: calibrations.map(parseCalibration),
        }),
      );
    },
  },
  monitor: {
    options: ["lake", "evaluation", "forecasts", "previous", "environment", "output"],
    stage: (given) => {
      const folders = {
        ...foldersOf(given, "lake", "evaluation", "forecasts"),
        previous: given.optionalFolder("previous"),
      };
      return stageOf(given, folders, { environment: given.word("environment") }, (all) => monitor(all));
    },
    logged: METRICS_FILE,
  },
  simulate: {
    options: ["lake", "evaluation", "forecasts", "output"],
    stage: (given) =>
      stageOf(given, foldersOf(given, "lake", "evaluation", "forecasts"), {}, (all) => simulateOrders(all)),
  },
  order: {
    options: ["lake", "evaluation", "forecasts", "simulation", "data", "threads", "output"],
    stage: (given) =>
      stageOf(
        given,
        {
          ...foldersOf(given, "lake", "evaluation", "forecasts"),
          simulation: given.optionalFolder("simulation"),
          data: given.optionalFolder("data"),
        },
        {},
        (all) => orderWeek(all),
      ),
  },
  serving: {
    options: ["lake", "evaluation", "forecasts", "orders", "output"],
    stage: (given) =>
      stageOf(given, foldersOf(given, "lake", "evaluation", "forecasts", "orders"), {}, (all) =>
        buildServing(all),
      ),
  },
  compare: {
    options: ["lake", "night", "previous", "output"],
    stage: (given) => {
      const nights = given.nights();
      const folders = {
        ...foldersOf(given, "lake"),
        ...partsOf(nights),
        previous: given.optionalFolder("previous"),
      };
      return stageOf(given, folders, {}, ({ lake, previous, out }) =>
        compareNights({ lake, nights, previous, out }),
      );
    },
  },
  report: {
    options: ["lake", "models", "evaluation", "forecasts", "simulation", "orders", "output"],
    stage: (given) => {
      const folders = foldersOf(given, "lake", "models", "evaluation", "forecasts", "simulation", "orders");
      return stageOf(given, folders, {}, async (all) => {
        const { forecastFrom, forecastTo } = await writeReport({ ...all, stages: Object.values(folders) });
        return { forecastFrom, forecastTo };
      });
    },
  },
};

/** All files into a new lake, or with --add-to those of `data` that another lake does not have, together with its own. */
function ingestStage(given: JobArguments): ReturnType<Job["stage"]> {
  const from = given.optionalFolder("add-to");
  const options = { today: given.day("today"), keepsLines: from !== undefined || given.flag("keep-lines") };
  return stageOf(given, { data: given.folder("data"), from }, options, async ({ data, out, ...all }) => {
    const { today, keepsLines } = all;
    const adding = from === undefined ? {} : { mode: "add" as const, from };
    const { summary, ...counts } = await ingest({ input: data, lake: out, today, keepsLines, ...adding });
    return { cutoff: summary.cutoff, ...counts };
  });
}

/** With the models of a local run, or with --served and the versions that are live. */
function evaluateStage(given: JobArguments): ReturnType<Job["stage"]> {
  const served = given.optionalFolder("served");
  const versions = given.versions();
  const inputs = {
    ...foldersOf(given, "lake", "features", "baseline"),
    truth: given.optionalFolder("truth"),
    served,
    models: served === undefined ? given.folder("models") : undefined,
  };
  return stageOf(given, inputs, { versions }, ({ models = "", ...all }) =>
    evaluate({
      ...all,
      models: served === undefined ? models : { served, versions: versions.map(parseVersion) },
    }),
  );
}

function categoryOf(given: JobArguments): Category {
  const category = CATEGORIES.find((name) => name === given.text("category"));
  if (!category) throw new JobArgumentError(`--category: allowed are ${CATEGORIES.join(", ")}`);
  return category;
}

function judgeStage(given: JobArguments): ReturnType<Job["stage"]> {
  const category = categoryOf(given);
  const inputs = {
    ...foldersOf(given, "lake", "features", "baseline", "served", "candidate"),
    series: given.optionalFolder("series"),
    answers: given.optionalFolder("answers"),
  };
  return stageOf(given, inputs, { category, versions: given.versions() }, (all) =>
    judge({ ...all, versions: all.versions.map(parseVersion) }),
  );
}

/** Writes the rows of a shard into the store that `open` gives for a feature group. */
export function onlineStage(
  given: JobArguments,
  open: (group: string) => OnlineWriter,
): ReturnType<Job["stage"]> {
  const options = { group: given.text("group"), blocks: given.blocks() };
  return stageOf(given, foldersOf(given, "rows"), options, ({ rows, group, blocks, out }) =>
    putOnline({ rows, blocks, out, writer: open(group) }),
  );
}

function reduceStage(reduce: typeof reduceScoreSums): Job["stage"] {
  return (given) => {
    const parts = given.parts();
    const inputs = { ...partsOf(parts), ...foldersOf(given, "lake", "baseline") };
    return stageOf(given, inputs, {}, ({ lake, baseline, out }) => reduce({ lake, baseline, parts, out }));
  };
}
