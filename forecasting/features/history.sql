-- What a series sold: the definition of every history feature.
-- Grain: one row per store, SKU and target day from from_day to to_day, for series that had started by the cutoff; a series
-- that ended before the cutoff was taken off and has no days to come.
-- Leak rule: every frame ends seven days before the row's own day, so the row is the same at any cutoff from t - 7 to
-- t - 1 and serves all seven horizons. Frames count days, not rows: a gap would shorten a mean, never shift a lag.
CREATE OR REPLACE TEMP VIEW history AS
WITH targets AS (
  SELECT store_id, sku_id, day, units, is_promoted
  FROM observed
  WHERE day >= getvariable('from_day') - 118
  UNION ALL
  SELECT store_id, sku_id, CAST(ahead AS DATE), NULL, NULL
  FROM (SELECT store_id, sku_id FROM observed GROUP BY ALL HAVING max(day) = getvariable('cutoff'))
  CROSS JOIN generate_series(
    CAST(getvariable('cutoff') + 1 AS TIMESTAMP), getvariable('to_day'), INTERVAL 1 DAY
  ) AS days(ahead)
),
windowed AS (
  SELECT
    store_id,
    sku_id,
    day,
    units,
    max(units) OVER (series RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND INTERVAL 7 DAY PRECEDING) AS lag_7,
    max(units) OVER (series RANGE BETWEEN INTERVAL 14 DAY PRECEDING AND INTERVAL 14 DAY PRECEDING) AS lag_14,
    max(units) OVER (series RANGE BETWEEN INTERVAL 21 DAY PRECEDING AND INTERVAL 21 DAY PRECEDING) AS lag_21,
    max(units) OVER (series RANGE BETWEEN INTERVAL 28 DAY PRECEDING AND INTERVAL 28 DAY PRECEDING) AS lag_28,
    avg(units) OVER days_7 AS mean_7,
    stddev_pop(units) OVER days_7 AS std_7,
    avg(units) OVER days_14 AS mean_14,
    stddev_pop(units) OVER days_14 AS std_14,
    avg(units) OVER days_28 AS mean_28,
    stddev_pop(units) OVER days_28 AS std_28,
    avg(units) OVER days_112 AS mean_112,
    avg(is_promoted) OVER days_28 AS promo_share_28
  FROM targets
  WINDOW
    series AS (PARTITION BY store_id, sku_id ORDER BY day),
    days_7 AS (series RANGE BETWEEN INTERVAL 13 DAY PRECEDING AND INTERVAL 7 DAY PRECEDING),
    days_14 AS (series RANGE BETWEEN INTERVAL 20 DAY PRECEDING AND INTERVAL 7 DAY PRECEDING),
    days_28 AS (series RANGE BETWEEN INTERVAL 34 DAY PRECEDING AND INTERVAL 7 DAY PRECEDING),
    days_112 AS (series RANGE BETWEEN INTERVAL 118 DAY PRECEDING AND INTERVAL 7 DAY PRECEDING)
)
SELECT
  store_id,
  sku_id,
  day,
  CAST(units AS FLOAT) AS units,
  CAST(lag_7 AS FLOAT) AS lag_7,
  CAST(lag_14 AS FLOAT) AS lag_14,
  CAST(lag_28 AS FLOAT) AS lag_28,
  CAST(mean_7 AS FLOAT) AS mean_7,
  CAST(std_7 AS FLOAT) AS std_7,
  CAST(mean_14 AS FLOAT) AS mean_14,
  CAST(std_14 AS FLOAT) AS std_14,
  CAST(mean_28 AS FLOAT) AS mean_28,
  CAST(std_28 AS FLOAT) AS std_28,
  CAST(mean_112 AS FLOAT) AS mean_112,
  CAST(list_avg([lag_7, lag_14, lag_21, lag_28]) AS FLOAT) AS weekday_mean,
  CAST(promo_share_28 AS FLOAT) AS promo_share_28
FROM windowed
WHERE day BETWEEN getvariable('from_day') AND getvariable('to_day');
