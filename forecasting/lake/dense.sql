-- Receipt lines of one block summed to days, with the days between filled in.
-- Grain: one row per store, SKU and day, from the first sale in that store to the cutoff.
-- A day on which the store sold nothing at all is a day on which it was closed.
CREATE OR REPLACE TEMP TABLE dense AS
WITH sold AS (
  SELECT
    store_id,
    sku_id,
    day,
    sum(quantity) AS net_units,
    max(greatest(lines.list_price_yen, products.price_yen)) AS price_yen,
    1 - sum(abs(quantity) * lines.price_yen)
      / nullif(sum(abs(quantity) * greatest(lines.list_price_yen, products.price_yen)), 0) AS discount_share
  FROM lines
  JOIN products USING (sku_id)
  GROUP BY store_id, sku_id, day
),
open_days AS (
  SELECT DISTINCT store_id, day FROM sold
),
spine AS (
  SELECT store_id, sku_id, CAST(unnest(generate_series(min(day), getvariable('cutoff'), INTERVAL 1 DAY)) AS DATE) AS day
  FROM sold
  GROUP BY store_id, sku_id
)
SELECT
  spine.store_id,
  spine.sku_id,
  spine.day,
  CAST(greatest(coalesce(net_units, 0), 0) AS INTEGER) AS units,
  sold.price_yen,
  CAST(greatest(coalesce(sold.discount_share, 0), 0) AS FLOAT) AS discount_share,
  open_days.day IS NULL AS is_closed
FROM spine
LEFT JOIN sold ON sold.store_id = spine.store_id AND sold.sku_id = spine.sku_id AND sold.day = spine.day
LEFT JOIN open_days ON open_days.store_id = spine.store_id AND open_days.day = spine.day;
