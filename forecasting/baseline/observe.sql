-- What the baseline learns from: one row per store, SKU and observed day of the fit window, with the keys of its factors.
-- Reads the views of the lake and the tables of store-days.sql; variables fit_from and cutoff (DATE).
-- No row is after the cutoff.
-- A day that was closed or ran out says nothing about demand and is left out.

-- The level of a series is its mean over the whole window; factors are relative to it.
CREATE OR REPLACE TEMP TABLE series_levels AS
SELECT store_id, sku_id, avg(units) AS level
FROM daily
WHERE day BETWEEN getvariable('fit_from') AND getvariable('cutoff') AND NOT is_closed AND NOT is_stocked_out
GROUP BY ALL
HAVING avg(units) > 0;

-- Series with the same keys on the same day add up: all that the factors need, in a hundredth of the rows.
CREATE OR REPLACE TEMP TABLE cells AS
SELECT
  p.category_code AS category,
  k.key_week,
  k.key_temperature,
  k.key_rain,
  k.key_event,
  k.key_payday,
  k.key_season,
  promotion_key(d.promo_type, d.discount_share) AS key_promotion,
  coalesce(n.key_plan, 0) AS key_plan,
  sum(d.units)::DOUBLE AS units,
  exact_sum(l.level) AS level,
  1.0::DOUBLE AS f_all,
  1.0::DOUBLE AS f_week,
  1.0::DOUBLE AS f_temperature,
  1.0::DOUBLE AS f_rain,
  1.0::DOUBLE AS f_event,
  1.0::DOUBLE AS f_payday,
  1.0::DOUBLE AS f_season,
  1.0::DOUBLE AS f_promotion
FROM daily d
JOIN series_levels l USING (store_id, sku_id)
JOIN product_codes p USING (sku_id)
JOIN store_days k ON k.store_id = d.store_id AND k.day = d.day
LEFT JOIN planned n ON n.sku_id = d.sku_id AND n.day = d.day
WHERE d.day BETWEEN getvariable('fit_from') AND getvariable('cutoff') AND NOT d.is_closed AND NOT d.is_stocked_out
GROUP BY ALL;
