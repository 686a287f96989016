import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES } from "../../../contracts/categories";
import { MODEL_INPUT } from "../../../contracts/model-input";
import { LISTED_MAX, TRANSFORM_KEYS } from "../../../contracts/run-documents";
import { VARIANTS } from "../../../contracts/variants";
import { ModelStore } from "../../../runtime/models/model-store";
import { batchScore } from "../../../runtime/scoring/batch-score";
import { withLake } from "../../../runtime/lake/lake-views";
import { parseCalibration } from "../../../runtime/scoring/calibration-argument";
import { allForecasts } from "../../../runtime/scoring/forecast-files";
import { collectForecasts } from "../../../runtime/scoring/collect-forecasts";
import { readNightModels } from "../../../runtime/scoring/night-models";
import {
  modelRows,
  reduceScoreSums,
  reduceScoreTrends,
  scoreSums,
  scoreTrends,
} from "../../../runtime/scoring/score-shards";
import { transform } from "../../../runtime/scoring/transform";
import { makeSmallChain, type SmallChain } from "../support/small-chain";
import { temporaryFolder } from "../support/temporary-folder";

const WORLD = { stores: 4, skus: 20, days: 120, seed: 5 };

const hashes = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".parquet"))
    .sort()
    .map(
      (name) =>
        `${name} ${createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex")}`,
    );

describe("collectForecasts", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let chain: SmallChain;
  let answers: string;

  before(async () => {
    chain = await makeSmallChain(folder.path("chain"), {
      ...WORLD,
      rowsPerBlock: 2 * WORLD.skus * WORLD.days,
    });
    const { lake, baseline } = chain;
    const at = (name: string) => folder.path(name);
    await scoreSums({ lake, baseline, out: at("sums-parts") });
    await reduceScoreSums({ lake, baseline, parts: [at("sums-parts")], out: at("sums") });
    await scoreTrends({ lake, baseline, sums: at("sums"), out: at("trends-parts") });
    await reduceScoreTrends({ lake, baseline, parts: [at("trends-parts")], out: at("trends") });
    await modelRows({ lake, baseline, sums: at("sums"), trends: at("trends"), out: at("rows") });
    answers = at("answers");
    const store = new ModelStore(chain.models);
    for (const variant of VARIANTS) {
      for (const category of CATEGORIES) {
        const version = await store.current(variant, category);
        if (version === undefined) continue;
        await transform({
          input: join(at("rows"), category),
          out: join(answers, variant, category),
          model: await store.file(category, version),
          firstInput: TRANSFORM_KEYS.length,
          output: [...TRANSFORM_KEYS.keys(), -1],
        });
      }
    }
  });

  const collect = (from: string, out: string) =>
    collectForecasts({
      lake: chain.lake,
      evaluation: chain.evaluation,
      answers: from,
      out: folder.path(out),
    });

  it("says which versions answered, where the machine tells it", async () => {
    await collectForecasts({
      lake: chain.lake,
      evaluation: chain.evaluation,
      answers,
      out: folder.path("told"),
      versions: [
        { variant: "champion", category: "drinks", version: "20260901-aaaaaaaa" },
        { variant: "challenger", category: "drinks", version: "20260920-bbbbbbbb" },
      ],
    });

    assert.deepEqual(await readNightModels(folder.path("told")), {
      cutoff: chain.summary.cutoff,
      champion: { drinks: "20260901-aaaaaaaa" },
      challenger: { drinks: "20260920-bbbbbbbb" },
    });
  });

  /** The answers with one file of the champion altered. */
  function altered(name: string, alter: (lines: string[]) => string[]): string {
    const copy = folder.path(name);
    cpSync(answers, copy, { recursive: true });
    const file = join(copy, "champion", "drinks", "block=001.csv.out");
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    writeFileSync(file, `${alter(lines).join("\n")}\n`);
    return copy;
  }

  it("gives the bytes of batch scoring, through text files and a model that sees nothing else", async () => {
    await batchScore({ ...chain, out: folder.path("whole") });

    const completeness = await collect(answers, "collected");

    assert.deepEqual(hashes(folder.path("collected")), hashes(folder.path("whole")));
    assert.equal(completeness.found, completeness.expected);
    assert.equal(completeness.missingCount + completeness.nanCount + completeness.negativeCount, 0);
    assert.equal(
      completeness.expected,
      completeness.categories.reduce((sum, { expected }) => sum + expected, 0),
    );
  });

  it("multiplies ordinary items of a calibrated category, and leaves every byte where none is", async () => {
    const versions = [
      { variant: "champion" as const, category: "drinks" as const, version: "20260901-aaaaaaaa" },
    ];
    const [other, same] = ["20260801-cccccccc", "20260901-aaaaaaaa"].map((version) => [
      { category: "drinks" as const, version, factor: 0.8 },
    ]);
    const given = { lake: chain.lake, evaluation: chain.evaluation, answers, versions };
    await collectForecasts({ ...given, out: folder.path("plain") });
    await collectForecasts({ ...given, calibrations: other, out: folder.path("of-another") });
    await collectForecasts({ ...given, calibrations: same, out: folder.path("calibrated") });

    assert.deepEqual(hashes(folder.path("of-another")), hashes(folder.path("plain")));
    const { calibrations } = (await readNightModels(folder.path("calibrated")))!;
    assert.deepEqual(calibrations, { drinks: 0.8 });
    await withLake(chain.lake, { memoryMegabytes: 200 }, async (database) => {
      const [counts] = await database.rows<Record<string, number>>(`
        SELECT
          count(*) FILTER (c.calibration <> 1)::DOUBLE AS calibrated,
          count(*) FILTER ((c.calibration <> 1) <> (c.category = 'drinks' AND o.sku_id IS NULL AND c.day - p.launched_on >= 28))::DOUBLE AS wrong,
          count(*) FILTER (abs(c.mean_units - c.calibration * n.mean_units) > 1e-6 * n.mean_units)::DOUBLE AS unlike,
          count(*) FILTER (c.calibration = 1 AND (c.q50 <> n.q50 OR c.q95 <> n.q95))::DOUBLE AS spread,
          sum(n.q95 - c.q95)::DOUBLE AS lower,
          count(*) FILTER (c.challenger_mean_units <> n.challenger_mean_units)::DOUBLE AS challenger
        FROM ${allForecasts(folder.path("calibrated"))} c
        JOIN ${allForecasts(folder.path("plain"))} n USING (store_code, sku_code, day)
        JOIN products p USING (sku_code)
        LEFT JOIN (SELECT DISTINCT sku_id, day FROM promotions) o ON o.sku_id = p.sku_id AND o.day = c.day`);
      assert.ok(counts!.calibrated! > 0 && counts!.lower! > 0);
      assert.deepEqual([counts!.wrong, counts!.unlike, counts!.spread, counts!.challenger], [0, 0, 0, 0]);
    });
  });

  it("takes a calibration by category and version within its bound only", () => {
    assert.deepEqual(parseCalibration("food/20260901-aaaaaaaa=0.9134"), {
      category: "food",
      version: "20260901-aaaaaaaa",
      factor: 0.9134,
    });
    for (const text of ["food/20260901-aaaaaaaa=0.7", "toys/20260901-aaaaaaaa=0.9", "food=0.9"])
      assert.throws(() => parseCalibration(text), /allowed is <category>\/<version>=<0.75 to 1.25>/);
  });

  it("writes rows as the built-in XGBoost reads them: the keys, then the model input in its order", () => {
    const [line] = readFileSync(join(folder.path("rows"), "food", "block=000.csv"), "utf8").split("\n");

    const fields = line!.split(",");

    assert.equal(fields.length, TRANSFORM_KEYS.length + MODEL_INPUT.length);
    const category = MODEL_INPUT.findIndex(({ name }) => name === "category");
    assert.equal(Number(fields[TRANSFORM_KEYS.length + category]), CATEGORIES.indexOf("food"));
    assert.match(fields[2]!, /^\d{4}-\d{2}-\d{2}$/);
  });

  it("names the series whose answers are missing, no number or negative, and leaves these days out", async () => {
    const copy = altered("spoilt", ([first, second, third, ...others]) => [
      first!.replace(/[^,]+$/, "nan"),
      second!.replace(/[^,]+$/, "-0.5"),
      // The third is not there.
      ...others.slice(third === undefined ? 1 : 0),
    ]);

    const completeness = await collect(copy, "spoilt-forecasts");

    const { missing, ...counts } = completeness;
    assert.deepEqual(
      { missing: counts.missingCount, nan: counts.nanCount, negative: counts.negativeCount },
      { missing: 3, nan: 1, negative: 1 },
    );
    assert.equal(missing.length, 1);
    assert.equal(missing[0]!.days, 3);
    const drinks = counts.categories.find(({ category }) => category === "drinks")!;
    assert.equal(drinks.expected - drinks.found, 3);
  });

  it("misses a whole block of a category whose file the job did not write", async () => {
    const copy = altered("cut", () => []);
    writeFileSync(join(copy, "champion", "drinks", "block=001.csv.out"), "");

    const { missingCount, nanCount, missing, ...affected } = await collect(copy, "cut-forecasts");

    assert.ok(missingCount > 0 && missingCount % 7 === 0);
    assert.equal(nanCount, 0);
    assert.ok(missing.every(({ days }) => days === 7));
    assert.equal(affected.missingSeriesCount, missingCount / 7);
  });

  it("names every store and SKU that lacks a day, though it lists the first series only", async () => {
    const copy = folder.path("no-champion");
    mkdirSync(copy);

    const { missing, ...affected } = await collect(copy, "no-champion-forecasts");

    const [expected] = await withLake(chain.lake, { memoryMegabytes: 200 }, (database) =>
      database.rows<{ series: number; stores: string; skus: string }>(`
        WITH series AS (
          SELECT store_code, sku_code FROM daily JOIN products USING (sku_id) JOIN stores USING (store_id)
          GROUP BY ALL HAVING max(day) = (SELECT max(day) FROM daily)
        )
        SELECT count(*)::DOUBLE AS series, string_agg(DISTINCT store_code, ' ' ORDER BY store_code) AS stores,
          string_agg(DISTINCT sku_code, ' ' ORDER BY sku_code) AS skus FROM series`),
    );
    assert.ok(expected!.series > LISTED_MAX && missing.length === LISTED_MAX, `${expected!.series} series`);
    assert.equal(affected.missingSeriesCount, expected!.series);
    assert.deepEqual(affected.missingStores.join(" "), expected!.stores);
    assert.deepEqual(affected.missingSkus.join(" "), expected!.skus);
    assert.deepEqual(
      [affected.missingStoreCount, affected.missingSkuCount],
      [expected!.stores, expected!.skus].map((codes) => codes.split(" ").length),
    );
  });

  it("lets the champion stand where the challenger has no answer", async () => {
    const copy = folder.path("no-challenger");
    cpSync(join(answers, "champion"), join(copy, "champion"), { recursive: true });
    assert.ok(!existsSync(join(copy, "challenger")));

    const { found, expected } = await collect(copy, "no-challenger-forecasts");

    assert.equal(found, expected);
  });

  it("rejects answers that hold a day twice", async () => {
    const copy = altered("twice", (lines) => [lines[0]!, ...lines]);

    await assert.rejects(collect(copy, "twice-forecasts"), {
      message: /^answers of block 1 hold store .* twice/,
    });
  });
});
