import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES } from "../contracts/categories";
import { modelKey, servedModelsPrefix } from "../contracts/model-artifact";
import { MODEL_INPUT_NAMES, modelInputCsv } from "../contracts/model-input";
import { modelPointer } from "../contracts/parameters";
import { trendsOf } from "../forecasting/baseline/trends";
import { chainOutlook } from "../forecasting/baseline/chain-sums";
import { isoDate } from "../forecasting/calendar/day";
import { trainBoostedTrees } from "../forecasting/models/boosted-trees";
import { Database } from "../runtime/engine/duckdb/database";
import { withLake } from "../runtime/lake/lake-views";
import { windowsOf } from "../runtime/lake/windows-of";
import { ModelStore } from "../runtime/models/model-store";
import { batchScore } from "../runtime/scoring/batch-score";
import { CellFileReader, readCells } from "../runtime/scoring/cell-block";
import { allForecasts } from "../runtime/scoring/forecast-files";
import { scoringRows } from "../runtime/scoring/score-block";
import { readScoreInputs } from "../runtime/scoring/score-inputs";
import { readChain, readTrends } from "../runtime/scoring/score-pass";
import { reduceScoreSums, reduceScoreTrends, scoreSums, scoreTrends } from "../runtime/scoring/score-shards";
import { readRowSet } from "../runtime/training/row-set";
import { makeSmallChain, type SmallChain } from "./runtime/support/small-chain";
import { temporaryFolder } from "./runtime/support/temporary-folder";
import { plainPrediction } from "./support/plain-xgboost";
import { planOf } from "./support/plans";

/** A few units in the last place of a 32-bit float. */
const FLOAT32_TOLERANCE = 4 * 2 ** -24;
const CATEGORY = "food";
const CODE = CATEGORIES.indexOf(CATEGORY);

describe("the contract of a model, from training to a forecast", () => {
  const folder = temporaryFolder();
  let chain: SmallChain;
  let version = "";

  before(async () => {
    const made = await makeSmallChain(folder.path("chain"), { stores: 3, skus: 30, days: 175, seed: 8 });
    const models = folder.path("models");
    cpSync(made.models, models, { recursive: true });
    chain = { ...made, models };
    version = await trainTrees();
  });

  /** Trees of some depth on the chain's own rows, as the champion of one category. */
  async function trainTrees(): Promise<string> {
    const { lake, features, baseline, summary } = chain;
    const { trainFrom, trainTo } = windowsOf(lake, summary);
    const query = { features, baseline, from: trainFrom, to: trainTo, category: CODE, labelledOnly: true };
    const rows = await withLake(lake, {}, (database) => readRowSet(database, query));
    const labelled = { ...rows.model, units: rows.units };
    const options = { objective: "count:poisson", rounds: 20, maxDepth: 5, learningRate: 0.2 } as const;
    const { model } = await trainBoostedTrees(CATEGORY, labelled, options);
    const store = new ModelStore(chain.models);
    const about = { role: "champion", trainedTo: isoDate(trainTo), trees: 20, warnings: [] } as const;
    const card = await store.save(model, { ...about, trainingRows: rows.rowCount });
    await store.point("champion", CATEGORY, card.version);
    return card.version;
  }

  it("gives a version that the pointer's own parameter takes, under the key that the endpoint serves from", async () => {
    const { recording } = await planOf("prod");
    const name = modelPointer("prod", "champion", CATEGORY);
    const pointer = recording.resources.find(
      ({ type, inputs }) => type === "aws:ssm/parameter:Parameter" && inputs.name === name,
    );
    assert.ok(pointer, `the plan has no parameter ${name}`);
    assert.match(version, new RegExp(String(pointer.inputs.allowedPattern)));

    const served = recording.resources
      .filter(({ type }) => type === "aws:s3/bucketObjectv2:BucketObjectv2")
      .map(({ inputs }) => String(inputs.key));
    const bootstrap = String(pointer.inputs.insecureValue);
    assert.ok(served.includes(servedModelsPrefix("champion") + modelKey(CATEGORY, bootstrap)));
    assert.deepEqual(
      readdirSync(join(chain.models, CATEGORY)).filter((file) => file.startsWith(version)),
      [`${version}.card.json`, `${version}.tar.gz`],
    );
  });

  it("forecasts, for every store, SKU and day, the container's answer to the row times the baseline", async () => {
    const modelFile = unpacked(join(chain.models, modelKey(CATEGORY, version)));
    const lines = await inputLines();
    const out = folder.path("forecasts");
    await batchScore({ ...chain, out });
    const database = await Database.open();
    const forecasts = await database.rows<Published>(`
      SELECT store_code, sku_code, day, mean_units FROM ${allForecasts(out)}
      WHERE category = '${CATEGORY}' ORDER BY ALL`);
    database.close();

    const answers = new Set<number>();
    for (const { store_code, sku_code, day, mean_units } of forecasts) {
      const { csv, baseline } = lines.get(`${store_code} ${sku_code} ${day}`)!;
      const answer = plainPrediction(modelFile, csv);
      const units = answer * baseline;
      assert.ok(
        Math.abs(mean_units - units) <= FLOAT32_TOLERANCE * units,
        `${store_code}, ${sku_code}, ${day}: ${mean_units} published, ${units} by the container`,
      );
      answers.add(answer);
    }
    assert.ok(forecasts.length >= 100, `${forecasts.length} forecasts`);
    assert.ok(answers.size > 10, "the trees must tell rows apart");
  });

  interface Published {
    readonly store_code: string;
    readonly sku_code: string;
    readonly day: string;
    readonly mean_units: number;
  }

  /** The first file of the archive, by the tar of the machine. */
  function unpacked(archive: string): string {
    const to = folder.path("container");
    mkdirSync(to);
    execFileSync("tar", ["-xzf", archive, "-C", to]);
    const [first] = execFileSync("tar", ["-tzf", archive], { encoding: "utf8" }).split("\n");
    assert.equal(first, "xgboost-model");
    return readFileSync(join(to, first), "utf8");
  }

  /** Every row of the coming week as a line of CSV and the baseline beside it, by store, SKU and day. */
  async function inputLines(): Promise<Map<string, { readonly csv: string; readonly baseline: number }>> {
    const { lake, baseline, summary } = chain;
    const at = (name: string) => folder.path(name);
    await scoreSums({ lake, baseline, out: at("sum-parts") });
    await reduceScoreSums({ lake, baseline, parts: [at("sum-parts")], out: at("sums") });
    await scoreTrends({ lake, baseline, sums: at("sums"), out: at("trend-parts") });
    await reduceScoreTrends({ lake, baseline, parts: [at("trend-parts")], out: at("trends") });
    const { tables, cutoff, fittedTo } = await readScoreInputs({ lake, baseline });
    const about = { cutoff, fittedTo, tables: tables.baseline };
    const chainSums = chainOutlook(tables.baseline, readChain(join(at("sums"), "chain.sums"), about));
    const trends = trendsOf(tables.baseline, readTrends(join(at("trends"), "trends.sums"), about));
    const lines = new Map<string, { readonly csv: string; readonly baseline: number }>();
    await withLake(lake, {}, async (database) => {
      const codes = async (table: string, id: string, code: string) =>
        new Map(
          (
            await database.rows<{ id: number; code: string }>(
              `SELECT ${id} AS id, ${code} AS code FROM ${table}`,
            )
          ).map((row) => [row.id, row.code]),
        );
      const stores = await codes("stores", "store_id", "store_code");
      const skus = await codes("products", "sku_id", "sku_code");
      for (const block of summary.blocks) {
        const cells = await readCells(database, lake, block, cutoff);
        const series = new CellFileReader().seriesBlock(cells);
        for (const batch of scoringRows(cells, series, tables, { chain: chainSums, trends })) {
          for (let row = 0; row < batch.features.rows; row++) {
            const values = MODEL_INPUT_NAMES.map((_, f) => batch.features.columns[f]![row]!);
            const key = [
              stores.get(batch.storeIds[row]!),
              skus.get(batch.skuIds[row]!),
              isoDate(batch.days[row]!),
            ];
            lines.set(key.join(" "), { csv: modelInputCsv(values), baseline: batch.baseline[row]! });
          }
        }
      }
    });
    return lines;
  }
});
