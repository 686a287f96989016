-- The price that was usual before and after a day, where the till gives no list price.
-- Grain: one row per store, SKU and day with a sale without list price.
-- A side counts with three sold days, and only if the data reaches 14 days to that side.
CREATE OR REPLACE TEMP TABLE usual AS
SELECT
  store_id,
  sku_id,
  day,
  CASE
    WHEN day - first_sale >= 14 AND count(top_price) OVER before >= 3 THEN median(top_price) OVER before
  END AS price_before,
  CASE
    WHEN getvariable('cutoff')::DATE - day >= 14 AND count(top_price) OVER after >= 3 THEN median(top_price) OVER after
  END AS price_after
FROM (SELECT *, min(day) OVER (PARTITION BY store_id, sku_id) AS first_sale FROM sold WHERE listed IS NULL) AS unlisted
WINDOW
  before AS (
    PARTITION BY store_id, sku_id ORDER BY day
    RANGE BETWEEN INTERVAL 28 DAY PRECEDING AND INTERVAL 1 DAY PRECEDING
  ),
  after AS (
    PARTITION BY store_id, sku_id ORDER BY day
    RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND INTERVAL 28 DAY FOLLOWING
  );
