-- What the whole chain sold of an SKU: mean units per store and day.
-- Grain: one row per SKU and target day from from_day to to_day.
-- Leak rule: the window of target day t ends at t - 7.
-- `chain_sums` is chain-sums.sql summed over all blocks; the result is small and is read by sku-day.sql.
CREATE OR REPLACE TABLE chain_mean AS
WITH spine AS (
  SELECT sku_id, CAST(day AS DATE) AS day
  FROM products
  CROSS JOIN generate_series(getvariable('from_day') - 34, getvariable('to_day'), INTERVAL 1 DAY) AS days(day)
),
windowed AS (
  SELECT
    sku_id,
    day,
    sum(units) OVER chain AS units,
    sum(store_days) OVER chain AS store_days
  FROM spine
  LEFT JOIN chain_sums USING (sku_id, day)
  WINDOW chain AS (
    PARTITION BY sku_id
    ORDER BY day
    RANGE BETWEEN INTERVAL 34 DAY PRECEDING AND INTERVAL 7 DAY PRECEDING
  )
)
SELECT sku_id, day, CAST(units / nullif(store_days, 0) AS FLOAT) AS chain_mean_28
FROM windowed
WHERE day BETWEEN getvariable('from_day') AND getvariable('to_day');
