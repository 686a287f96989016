-- What an SKU brings to a day, the same in every store.
-- Grain: one row per SKU and target day from from_day to to_day.
-- Leak rule: promotions are plans of seven days before; the discount really given is never read.
CREATE OR REPLACE TABLE sku_day AS
WITH spine AS (
  SELECT sku_id, category, price_band, launched_on, CAST(day AS DATE) AS day
  FROM products
  CROSS JOIN generate_series(getvariable('from_day'), getvariable('to_day'), INTERVAL 1 DAY) AS days(day)
),
plans AS (
  SELECT sku_id, day, max(promo_type) AS promo_type, max(discount_share) AS discount_share
  FROM promotions
  GROUP BY sku_id, day
)
SELECT
  sku_id,
  day,
  CAST(coalesce(discount_share, 0) AS FLOAT) AS discount_share,
  CAST(coalesce(promo_type, 0) AS FLOAT) AS promo_type,
  chain_mean_28,
  CAST(list_position(getvariable('categories'), category) - 1 AS FLOAT) AS category,
  CAST(price_band AS FLOAT) AS price_band,
  CAST(CAST(greatest(day - launched_on, 0) < 28 AS INTEGER) AS FLOAT) AS is_new,
  CAST(least(greatest(day - launched_on, 0), 365) AS FLOAT) AS days_since_launch
FROM spine
LEFT JOIN plans USING (sku_id, day)
LEFT JOIN chain_mean USING (sku_id, day)
ORDER BY sku_id, day;
