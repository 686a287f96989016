import { copyFileSync, existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { unpackModelArchive } from "../../contracts/model-archive";
import { modelVersion } from "../../contracts/model-artifact";
import { RUN_DOCUMENTS, type Verdict } from "../../contracts/run-documents";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { isoDate } from "../../forecasting/calendar/day";
import { accuracyByLevel, selectCells } from "../../forecasting/evaluation/accuracy-report";
import type { BacktestCells } from "../../forecasting/evaluation/aggregate";
import { type GateFigures, gateReasons } from "../../forecasting/evaluation/gate";
import { type BacktestWindows, holdOutFrom, originsOf } from "../../forecasting/evaluation/windows";
import { DAY_STATE } from "../../forecasting/methods/series-days";
import { type Forecaster } from "../../forecasting/models/demand-model";
import { ROW_STATE } from "../../forecasting/selection/chosen-baseline";
import { sqlBaselineModel } from "../../forecasting/models/sql-baseline-model";
import { replaceFolder } from "../engine/files/replace-folder";
import { withSpillingLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { windowsOf } from "../lake/windows-of";
import { positionsOf, readRowSet } from "../training/row-set";
import { type LiveModels, loadArchive, loadLive } from "./live-models";
import { readSeriesAnswers, type SeriesMeans } from "./series-answers";
import { cellsAt, FORECASTER_NAMES, type ScoredRowSet, scoreRows } from "./scored-rows";

export interface JudgeOptions extends LiveModels {
  readonly lake: string;
  readonly features: string;
  readonly baseline: string;
  /** A training job's archive, or the folder that holds it. */
  readonly candidate: string;
  readonly category: Category;
  /** Of DeepAR's candidate, whose archive nothing here loads: its series set (contracts/series-set.ts) and the answers to it. */
  readonly series?: string;
  readonly answers?: string;
  /** Folder of the archive, its card and verdict.json; replaced as a whole. */
  readonly out: string;
}

const MEMORY_MEGABYTES = 700;
/** A category of 500 stores in four weeks is twice as much: then every n-th store (docs/adr/0101). */
const MOST_ROWS = 5_000_000;
const LEVEL = "category x store x day";
const SIMPLE = [FORECASTER_NAMES.baseline, FORECASTER_NAMES.movingAverage] as const;

/** Holds a candidate against the champion, the simple forecasters and seasonal naive on the hold-out, and through the gate. */
export async function judge(options: JudgeOptions): Promise<Verdict> {
  const { lake, features, baseline, category } = options;
  const windows = windowsOf(lake, await readLake(lake));
  const archive = existsSync(join(options.candidate, "model.tar.gz"))
    ? join(options.candidate, "model.tar.gz")
    : options.candidate;
  const means = answersOf(options);
  const trees = means ? undefined : loadArchive(category, archive);
  // A category without a champion is forecast by the baseline as it is.
  const champion = loadLive(options).get(category)?.champion ?? sqlBaselineModel(category);
  return replaceFolder(options.out, (out) =>
    withSpillingLake(lake, { folder: out, memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      const range = { from: holdOutFrom(windows), to: windows.cutoff };
      const rows = await readRowSet(database, {
        features,
        baseline,
        category: CATEGORIES.indexOf(category),
        mostRows: MOST_ROWS,
        ...range,
      });
      const forecasters = new Map<Category, { champion: Forecaster; challenger: Forecaster }>([
        [category, { champion, challenger: trees ?? champion }],
      ]);
      const scored = scoreRows(rows, forecasters);
      // What was asked of DeepAR is a sample of the series: everybody is judged by the same rows.
      const isJudged = means ? withMeans(scored, means) : () => true;
      const observed = positionsOf(rows, (row) => rows.dayStates[row] === DAY_STATE.seen && isJudged(row));
      const figures = figuresOf(cellsAt(scored, observed), windows);
      const reasons = gateReasons(figures);
      const trainedTo = isoDate(windows.trainTo);
      const content = await readFile(archive);
      const version = modelVersion(trainedTo, trees ? unpackModelArchive(content) : content);
      const verdict = verdictOf({ category, version, trainedTo, reasons }, figures);
      copyFileSync(archive, join(out, `${version}.tar.gz`));
      // A card is for what is served.
      if (trees) {
        const card = {
          ...{ version, category, kind: "boosted-trees", role: "challenger", trainedTo },
          trees: trees.trees.usedTrees,
          trainingRows: await trainingRows(),
          warnings: [],
        };
        await writeFile(join(out, `${version}.card.json`), `${JSON.stringify(card, undefined, 2)}\n`);
      }
      await writeFile(join(out, RUN_DOCUMENTS.verdict), `${JSON.stringify(verdict, undefined, 2)}\n`);
      return verdict;

      /** Rows that the training could take from. */
      async function trainingRows(): Promise<number> {
        const from = `day BETWEEN DATE '${isoDate(windows.trainFrom)}' AND DATE '${trainedTo}'`;
        const [found] = await database.rows<{ rows: number }>(
          `SELECT count(*) AS rows FROM daily JOIN products USING (sku_id) WHERE category = '${category}' AND ${from} AND NOT is_closed`,
        );
        return found?.rows ?? 0;
      }
    }),
  );
}

function answersOf({ series, answers }: JudgeOptions): SeriesMeans | undefined {
  if (series === undefined && answers === undefined) return undefined;
  if (series === undefined || answers === undefined)
    throw new Error("judge takes a series set and the answers to it together, or neither");
  return readSeriesAnswers(series, answers);
}

/** Puts answers into the candidate's place. @returns whether a row has one */
function withMeans({ rows, means }: ScoredRowSet, meanOf: SeriesMeans): (row: number) => boolean {
  const has = new Uint8Array(rows.rowCount);
  for (let row = 0; row < rows.rowCount; row++) {
    const mean = meanOf(rows, row);
    if (mean === undefined) continue;
    has[row] = 1;
    means.challenger[row] = rows.rowStates[row] === ROW_STATE.open ? mean : 0;
  }
  return (row) => has[row] === 1;
}

function figuresOf(cells: BacktestCells, windows: BacktestWindows): GateFigures {
  const of = (part: BacktestCells) => {
    const { cells: rows, forecasters } = accuracyByLevel(part, holdOutFrom(windows), [LEVEL])[0]!;
    const find = (name: string) => forecasters.find((each) => each.name === name)!;
    const wapeOf = (name: string) => find(name).wape.value ?? Infinity;
    const biasOf = (name: string) => find(name).bias.value ?? 0;
    return { rows, wapeOf, biasOf };
  };
  const { rows, wapeOf, biasOf } = of(cells);
  const parts = originsOf(windows).map((origin) => {
    const isOf = (day: number) => day > origin && day <= origin + HORIZON_DAYS;
    const positions = Array.from(cells.days.keys()).filter((row) => isOf(cells.days[row]!));
    const week = of(selectCells(cells, positions));
    return {
      name: `week after ${isoDate(origin)}`,
      wape: week.wapeOf(FORECASTER_NAMES.challenger),
      championWape: week.wapeOf(FORECASTER_NAMES.champion),
    };
  });
  return {
    rows,
    origins: parts.length,
    wape: wapeOf(FORECASTER_NAMES.challenger),
    bias: biasOf(FORECASTER_NAMES.challenger),
    championWape: wapeOf(FORECASTER_NAMES.champion),
    championBias: biasOf(FORECASTER_NAMES.champion),
    bestSimpleWape: Math.min(...SIMPLE.map(wapeOf)),
    naiveWape: wapeOf(FORECASTER_NAMES.naive),
    parts,
  };
}

/** Infinity is no number of JSON: what cannot be said is 0, and the gate has said why. */
const percent = (share: number) => (Number.isFinite(share) ? Math.round(1e4 * share) / 100 : 0);

function verdictOf(
  about: Pick<Verdict, "category" | "version" | "trainedTo" | "reasons">,
  figures: GateFigures,
): Verdict {
  return {
    ...about,
    isAccepted: about.reasons.length === 0,
    wape: percent(figures.wape),
    championWape: percent(figures.championWape),
    bestSimpleWape: percent(figures.bestSimpleWape),
    naiveWape: percent(figures.naiveWape),
    bias: percent(figures.bias),
    rows: figures.rows,
    origins: figures.origins,
  };
}
