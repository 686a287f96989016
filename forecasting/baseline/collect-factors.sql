-- The fitted factors as one table: kind, category, key, factor. `plan` is what a planned promotion turns out to be worth
-- (some are called off, and days without a plan see unplanned ones); the others are what happened.
CREATE OR REPLACE TABLE factors AS
SELECT 'week' AS kind, category, key_week AS key, any_value(f_week) AS factor FROM cells GROUP BY ALL
UNION ALL SELECT 'temperature', category, key_temperature, any_value(f_temperature) FROM cells GROUP BY ALL
UNION ALL SELECT 'rain', category, key_rain, any_value(f_rain) FROM cells GROUP BY ALL
UNION ALL SELECT 'event', category, key_event, any_value(f_event) FROM cells GROUP BY ALL
UNION ALL SELECT 'payday', category, key_payday, any_value(f_payday) FROM cells GROUP BY ALL
UNION ALL SELECT 'season', category, key_season, any_value(f_season) FROM cells GROUP BY ALL
UNION ALL SELECT 'promotion', category, key_promotion, any_value(f_promotion) FROM cells GROUP BY ALL
UNION ALL
SELECT 'plan', category, key_plan, (sum(units) + 50) / (exact_sum(level * f_all / f_promotion) + 50)
FROM cells
GROUP BY ALL;
