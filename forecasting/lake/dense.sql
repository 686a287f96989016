-- Days of one slice of a block with the days between sales filled in.
-- Grain: one row per store, SKU and day, from the first sale in that store to tail_days after the last one, at most to the
-- cutoff. Pairs that never sold have no row.
-- A day on which the store sold nothing at all is a day on which it was closed.
CREATE OR REPLACE TEMP TABLE dense AS
WITH spine AS (
  SELECT
    store_id,
    sku_id,
    CAST(unnest(generate_series(
      min(day),
      least(max(day) + CAST(getvariable('tail_days') AS INTEGER), getvariable('cutoff')::DATE)::TIMESTAMP,
      INTERVAL 1 DAY
    )) AS DATE) AS day
  FROM priced
  GROUP BY store_id, sku_id
)
SELECT
  spine.store_id,
  spine.sku_id,
  spine.day,
  CAST(least(greatest(round(coalesce(net_units, 0)), 0), 2147483647) AS INTEGER) AS units,
  priced.shelf_price,
  coalesce(priced.discount_share, 0) AS discount_share,
  open_days.day IS NULL AS is_closed
FROM spine
LEFT JOIN priced ON priced.store_id = spine.store_id AND priced.sku_id = spine.sku_id AND priced.day = spine.day
LEFT JOIN open_days ON open_days.store_id = spine.store_id AND open_days.day = spine.day;
