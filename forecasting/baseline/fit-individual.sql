-- What single stores and SKUs do differently, each a shrunken ratio of sold to expected in the fit window:
-- the store's own week (by category), the store's size in a category, and how strongly a SKU answers to promotions.
CREATE OR REPLACE TEMP TABLE fitted_rows AS
SELECT
  d.store_id,
  d.sku_id,
  p.category_code AS category,
  k.day_type,
  promotion_key(d.promo_type, d.discount_share) AS key_promotion,
  d.units,
  l.level,
  k.factor AS day_factor,
  coalesce(o.factor, 1) AS promotion_factor
FROM daily d
JOIN series_levels l USING (store_id, sku_id)
JOIN product_codes p USING (sku_id)
JOIN day_factors k ON k.store_id = d.store_id AND k.category = p.category_code AND k.day = d.day
LEFT JOIN factors o
  ON o.kind = 'promotion' AND o.category = p.category_code AND o.key = promotion_key(d.promo_type, d.discount_share)
WHERE d.day BETWEEN getvariable('fit_from') AND getvariable('cutoff') AND NOT d.is_closed AND NOT d.is_stocked_out;

CREATE OR REPLACE TABLE store_weeks AS
SELECT
  store_id, category, day_type,
  (sum(units) + 200) / (exact_sum(level * day_factor * promotion_factor) + 200) AS factor
FROM fitted_rows
GROUP BY ALL;

CREATE OR REPLACE TABLE sku_promotions AS
SELECT sku_id, (sum(units) + 30) / (exact_sum(level * day_factor * promotion_factor) + 30) AS factor
FROM fitted_rows
WHERE key_promotion > 0
GROUP BY ALL;

-- A SKU's rate in a store of size 1, and the size of each store in each category against the chain's mean.
CREATE OR REPLACE TABLE store_sizes AS
WITH sku_rates AS (
  SELECT sku_id, sum(units) / greatest(exact_sum(day_factor * promotion_factor), 1) AS rate FROM fitted_rows GROUP BY ALL
)
SELECT
  store_id, category,
  (sum(units) + 50) / (exact_sum(rate * day_factor * promotion_factor) + 50) AS size
FROM fitted_rows
JOIN sku_rates USING (sku_id)
GROUP BY ALL;

-- What a SKU of this category and price band sells a day in a store of size 1: for SKUs that nobody has sold yet.
CREATE OR REPLACE TABLE band_rates AS
SELECT p.category_code AS category, p.price_band, sum(units) / greatest(exact_sum(day_factor * promotion_factor), 1) AS rate
FROM fitted_rows
JOIN product_codes p USING (sku_id)
GROUP BY ALL;
DROP TABLE fitted_rows;
