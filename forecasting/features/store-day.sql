-- What a store's surroundings bring to a day, the same for every SKU.
-- Grain: one row per store and target day from from_day to to_day.
-- Leak rule: the weather is the forecast issued seven days before; what was measured is never read.
-- `calendar` comes from forecasting/calendar, since the holiday table is not SQL.
CREATE OR REPLACE TEMP TABLE store_day AS
WITH nearby AS (
  SELECT store_id, day, max(size) AS event_size
  FROM events
  GROUP BY store_id, day
)
SELECT
  store_id,
  day,
  CAST(weekday AS FLOAT) AS weekday,
  CAST(month AS FLOAT) AS month,
  CAST(is_holiday AS FLOAT) AS is_holiday,
  CAST(is_bridge_day AS FLOAT) AS is_bridge_day,
  CAST(days_since_payday AS FLOAT) AS days_since_payday,
  CAST(holiday_season AS FLOAT) AS holiday_season,
  CAST(list_position(getvariable('location_types'), location_type) - 1 AS FLOAT) AS location_type,
  CAST(area AS FLOAT) AS area,
  CAST(list_position(getvariable('clienteles'), clientele) - 1 AS FLOAT) AS clientele,
  temperature_forecast,
  rain_forecast,
  CAST(coalesce(event_size, 0) AS FLOAT) AS event_size
FROM stores
CROSS JOIN calendar
LEFT JOIN weather USING (area, day)
LEFT JOIN nearby USING (store_id, day)
ORDER BY store_id, day;
