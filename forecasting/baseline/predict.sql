-- The baseline and the features that come with it: one row per store, SKU and day from row_from to row_to.
-- level x factors of the day. The level of day t ends at t-7 (as every feature's history does), so a row serves all
-- seven horizons; only plans, calendar and the weather forecast of the day itself are read.
-- Variables: row_from, row_to, cutoff (DATE). Needs store_days, day_factors, factors and the individual tables.

-- Series that go on at the cutoff: one that ended before was taken off and has no days to come.
CREATE OR REPLACE TEMP TABLE last_days AS
SELECT store_id, sku_id, max(day) AS last_day
FROM daily
WHERE day <= getvariable('cutoff')
GROUP BY ALL
HAVING max(day) = getvariable('cutoff');

-- Days with sales, then the days after the cutoff that are asked for. `seen` is 0 on days that say nothing.
CREATE OR REPLACE TEMP TABLE grid AS
WITH all_days AS (
  SELECT
    store_id, sku_id, day, units::FLOAT AS units,
    if(is_closed OR is_stocked_out, 0, 1) AS seen,
    promotion_key(promo_type, discount_share) AS key_promotion
  FROM daily
  WHERE day BETWEEN getvariable('row_from') - 125 AND least(getvariable('cutoff'), getvariable('row_to'))
  UNION ALL
  SELECT l.store_id, l.sku_id, k.day, 0, 0, 0
  FROM last_days l
  JOIN calendar k ON k.day > getvariable('cutoff') AND k.day <= getvariable('row_to')
)
SELECT
  d.store_id, d.sku_id, d.day, p.category_code::TINYINT AS category,
  (d.units * d.seen)::FLOAT AS units,
  d.units AS sold,
  -- What the day was worth in days of level 1, had it been seen: executed promotions.
  (d.seen * k.factor * coalesce(w.factor, 1) * coalesce(o.factor, 1)
    * if(d.key_promotion > 0, coalesce(a.factor, 1), 1))::FLOAT AS weight,
  -- What the day is expected to be worth: planned promotions.
  (k.factor * coalesce(w.factor, 1) * coalesce(n.factor, 1)
    * if(coalesce(g.key_plan, 0) > 0, coalesce(a.factor, 1), 1))::FLOAT AS plan
FROM all_days d
JOIN product_codes p ON p.sku_id = d.sku_id
JOIN day_factors k ON k.store_id = d.store_id AND k.category = p.category_code AND k.day = d.day
LEFT JOIN store_weeks w
  ON w.store_id = d.store_id AND w.category = p.category_code AND w.day_type = k.day_type
LEFT JOIN factors o ON o.kind = 'promotion' AND o.category = p.category_code AND o.key = d.key_promotion
LEFT JOIN planned g ON g.sku_id = d.sku_id AND g.day = d.day
LEFT JOIN factors n ON n.kind = 'plan' AND n.category = p.category_code AND n.key = coalesce(g.key_plan, 0)
LEFT JOIN sku_promotions a ON a.sku_id = d.sku_id;

-- The chain's rate of each SKU, and how each store x category ran against expectation, over the same windows.
CREATE OR REPLACE TEMP TABLE sku_days AS
SELECT sku_id, day, sum(units) AS units, exact_sum(weight * coalesce(z.size, 1)) AS weight
FROM grid g
LEFT JOIN store_sizes z ON z.store_id = g.store_id AND z.category = g.category
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE sku_windows AS
SELECT
  sku_id, day,
  sum(units) OVER chain_month AS units_28, sum(weight) OVER chain_month AS weight_28,
  sum(units) OVER chain_week AS units_7, sum(weight) OVER chain_week AS weight_7
FROM sku_days
WINDOW
  chain_month AS (PARTITION BY sku_id ORDER BY day RANGE BETWEEN INTERVAL 34 DAYS PRECEDING AND INTERVAL 7 DAYS PRECEDING),
  chain_week AS (PARTITION BY sku_id ORDER BY day RANGE BETWEEN INTERVAL 13 DAYS PRECEDING AND INTERVAL 7 DAYS PRECEDING);

CREATE OR REPLACE TEMP TABLE series_windows AS
FROM (
  SELECT
    store_id, sku_id, day, category, plan,
    (sum(units) OVER recent)::FLOAT AS units_28, (sum(weight) OVER recent)::FLOAT AS weight_28,
    (sum(units) OVER older)::FLOAT AS units_112, (sum(weight) OVER older)::FLOAT AS weight_112,
    (sum(units) OVER fortnight)::FLOAT AS units_14, (sum(weight) OVER fortnight)::FLOAT AS weight_14,
    (sum(units) OVER week)::FLOAT AS units_7, (sum(weight) OVER week)::FLOAT AS weight_7,
    lag(sold, 7) OVER series AS sold_7,
    lag(sold, 14) OVER series AS sold_14,
    lag(units, 7) OVER series + lag(units, 14, 0) OVER series + lag(units, 21, 0) OVER series
      + lag(units, 28, 0) OVER series AS units_weekday,
    lag(weight, 7) OVER series + lag(weight, 14, 0) OVER series + lag(weight, 21, 0) OVER series
      + lag(weight, 28, 0) OVER series AS weight_weekday
  FROM grid
  WINDOW
    series AS (PARTITION BY store_id, sku_id ORDER BY day),
    week AS (PARTITION BY store_id, sku_id ORDER BY day ROWS BETWEEN 13 PRECEDING AND 7 PRECEDING),
    fortnight AS (PARTITION BY store_id, sku_id ORDER BY day ROWS BETWEEN 20 PRECEDING AND 7 PRECEDING),
    recent AS (PARTITION BY store_id, sku_id ORDER BY day ROWS BETWEEN 34 PRECEDING AND 7 PRECEDING),
    older AS (PARTITION BY store_id, sku_id ORDER BY day ROWS BETWEEN 118 PRECEDING AND 35 PRECEDING)
)
WHERE day >= getvariable('row_from');
DROP TABLE grid;

-- Levels: the series' own recent rate, its older rate at a fraction of the weight, and the chain's rate in a store of
-- this size as if a few days of it had been seen: the fewer days a series has, the more it is like the chain.
CREATE OR REPLACE TEMP TABLE levels AS
SELECT
  * EXCLUDE (prior, units_112, weight_112),
  ((coalesce(units_28, 0) + getvariable('older_weight') * coalesce(units_112, 0) + getvariable('prior_days') * prior)
    / (coalesce(weight_28, 0) + getvariable('older_weight') * coalesce(weight_112, 0) + getvariable('prior_days')))::FLOAT
    AS level
FROM (
  SELECT
    w.*,
    coalesce((c.units_28 + 7 * b.rate) / (c.weight_28 + 7), b.rate, 0) * coalesce(z.size, 1) AS prior,
    ((coalesce(c.units_7, 0) + 5) / (coalesce(c.weight_7 * c.units_28 / nullif(c.weight_28, 0), 0) + 5))::FLOAT
      AS chain_trend
  FROM series_windows w
  JOIN product_codes p ON p.sku_id = w.sku_id
  LEFT JOIN sku_windows c ON c.sku_id = w.sku_id AND c.day = w.day
  LEFT JOIN store_sizes z ON z.store_id = w.store_id AND z.category = w.category
  LEFT JOIN band_rates b ON b.category = w.category AND b.price_band = p.price_band
);
DROP TABLE series_windows;

-- Levels lag behind a season. How whole categories sold against their series' levels in the latest known days tells by
-- how much: in the chain, and in each store against the chain.
CREATE OR REPLACE TEMP TABLE category_trends AS
SELECT
  category, day,
  (sum(units_14) + getvariable('trend_units')) / (exact_sum(weight_14 * level) + getvariable('trend_units')) AS trend
FROM levels
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE store_trends AS
SELECT
  store_id, l.category, l.day,
  (sum(units_14) + getvariable('trend_units')) / (exact_sum(weight_14 * level * c.trend) + getvariable('trend_units')) AS trend
FROM levels l
JOIN category_trends c ON c.category = l.category AND c.day = l.day
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE baseline AS
SELECT
  l.store_id, sku_id, l.day,
  greatest(level * plan * c.trend * s.trend, 0.001)::FLOAT AS baseline,
  level::FLOAT AS baseline_level,
  plan AS baseline_factor,
  ((coalesce(units_7, 0) + 3) / (coalesce(weight_7, 0) * level + 3))::FLOAT AS week_ratio,
  ((coalesce(units_28, 0) + 3) / (coalesce(weight_28, 0) * level + 3))::FLOAT AS month_ratio,
  ((coalesce(units_weekday, 0) + 3) / (coalesce(weight_weekday, 0) * level + 3))::FLOAT AS weekday_ratio,
  chain_trend::FLOAT AS chain_trend,
  c.trend::FLOAT AS category_trend,
  s.trend::FLOAT AS store_trend,
  coalesce(sold_7, sold_14, 0)::FLOAT AS naive
FROM levels l
JOIN category_trends c ON c.category = l.category AND c.day = l.day
JOIN store_trends s ON s.store_id = l.store_id AND s.category = l.category AND s.day = l.day;
DROP TABLE levels;
