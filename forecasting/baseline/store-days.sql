-- Keys of every store and day that a forecast can ask for; weather is the forecast of seven days before, on past days
-- too, so that its factor is as weak as the forecast is.
CREATE OR REPLACE TEMP TABLE store_days AS
SELECT
  s.store_id,
  k.day,
  s.location_code * 10 + k.day_type AS key_week,
  coalesce(20 + CAST(round(w.temperature_forecast / 3) AS INTEGER), -1) AS key_temperature,
  coalesce(CAST(round(w.rain_forecast * 5) AS INTEGER), -1) AS key_rain,
  coalesce(CAST(e.size AS INTEGER), 0) AS key_event,
  CAST(k.payday_bucket AS INTEGER) AS key_payday,
  CAST(k.season AS INTEGER) AS key_season
FROM store_codes s
CROSS JOIN calendar k
LEFT JOIN weather w ON w.area = s.area AND w.day = k.day
LEFT JOIN (SELECT store_id, day, max(size) AS size FROM events GROUP BY ALL) e
  ON e.store_id = s.store_id AND e.day = k.day;

-- Promotions as one key: type and discount in steps of 5 %.
CREATE OR REPLACE MACRO promotion_key(promo_type, discount_share) AS
  CAST(coalesce(promo_type, 0) AS INTEGER) * 100 + CAST(round(coalesce(discount_share, 0) * 20) AS INTEGER);

-- Fractions added up as whole numbers of 2^-30: threads then may add in any order and get the same last bit. An error of
-- 5e-10 per row at most, far below what a float keeps.
CREATE OR REPLACE MACRO exact_sum(x) AS CAST(sum(CAST(CAST(x AS DOUBLE) * 1073741824 AS BIGINT)) AS DOUBLE) / 1073741824;

CREATE OR REPLACE TEMP TABLE planned AS
SELECT sku_id, day, max(promotion_key(promo_type, discount_share)) AS key_plan
FROM promotions
GROUP BY ALL;
