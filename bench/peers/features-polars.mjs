// The features of one lake with Polars, block by block: what `bench/features.ts` compares ours with.
// The two day tables come ready made, so Polars computes the windows of each series, joins and writes.
// usage: node features-polars.mjs <folder of nodejs-polars> <lake> <sku_day.parquet> <store_day.parquet> <out>
import { mkdirSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [home, lake, skuFile, storeFile, out] = process.argv.slice(2);
const pl = createRequire(join(home, "package.json"))("nodejs-polars");

const started = performance.now();
const skuDay = pl.readParquet(skuFile);
const storeDay = pl.readParquet(storeFile);
const series = ["store_id", "sku_id"];
const lag = (days) =>
  pl
    .col("u")
    .shift(days)
    .over(...series);
const rolled = (expression) => expression.over(...series);
const past = pl.col("u").shift(7);
const windows = [7, 14, 28].flatMap((size) => [
  rolled(past.rollingMean({ windowSize: size, minPeriods: 1 })).alias(`mean_${size}`),
  rolled(past.rollingStd({ windowSize: size, minPeriods: 1 })).alias(`std_${size}`),
]);
let rowCount = 0;

for (const block of readdirSync(join(lake, "daily")).sort()) {
  const unseen = pl.col("is_closed").or(pl.col("is_stocked_out"));
  const daily = pl
    .readParquet(join(lake, "daily", block, "part-0.parquet"))
    .select(
      "store_id",
      "sku_id",
      "day",
      pl.when(unseen).then(pl.lit(null)).otherwise(pl.col("units")).cast(pl.Float32).alias("u"),
      pl.col("promo_type").gt(0).cast(pl.Float32).alias("p"),
    );
  const history = daily
    .withColumns(
      lag(7).alias("lag_7"),
      lag(14).alias("lag_14"),
      lag(21).alias("lag_21"),
      lag(28).alias("lag_28"),
      ...windows,
      rolled(past.rollingMean({ windowSize: 112, minPeriods: 1 })).alias("mean_112"),
      rolled(pl.col("p").shift(7).rollingMean({ windowSize: 28, minPeriods: 1 })).alias("promo_share_28"),
    )
    .withColumns(
      ["lag_7", "lag_14", "lag_21", "lag_28"]
        .map((name) => pl.col(name).fillNull(0))
        .reduce((sum, term) => sum.plus(term))
        .div(
          ["lag_7", "lag_14", "lag_21", "lag_28"]
            .map((name) => pl.col(name).isNotNull().cast(pl.Float32))
            .reduce((sum, term) => sum.plus(term)),
        )
        .alias("weekday_mean"),
    )
    .drop("lag_21", "p");
  const rows = history
    .join(storeDay, { on: ["store_id", "day"], how: "left" })
    .join(skuDay, { on: ["sku_id", "day"], how: "left" });
  mkdirSync(join(out, block), { recursive: true });
  rows.writeParquet(join(out, block, "features.parquet"), { compression: "zstd" });
  rowCount += rows.height;
}

const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({
    rowCount,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  }),
);
