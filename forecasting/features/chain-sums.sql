-- What one block sold of an SKU on a day.
-- Grain: one row per SKU and day that a window of the target days touches.
-- Leak rule: `observed` ends at the cutoff; the windows of chain-mean.sql end at t - 7.
-- Whole numbers, so that the sum over blocks is the same in any order and for any number of shards.
SELECT
  sku_id,
  day,
  CAST(coalesce(sum(units), 0) AS BIGINT) AS units,
  CAST(count(units) AS INTEGER) AS store_days
FROM observed
WHERE day >= getvariable('from_day') - 34
GROUP BY sku_id, day
ORDER BY sku_id, day
