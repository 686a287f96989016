-- The factors of every store x category x day, and of every promotion: small tables that the rows are joined to.
-- A temperature outside the fitted range takes the nearest fitted one; any other unknown key takes 1.
CREATE OR REPLACE TEMP TABLE temperature_range AS
SELECT category, min(key) AS lowest, max(key) AS highest
FROM factors
WHERE kind = 'temperature' AND key >= 0
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE day_factors AS
SELECT
  k.store_id,
  c.category,
  k.day,
  coalesce(w.factor, 1) * coalesce(t.factor, 1) * coalesce(r.factor, 1) * coalesce(e.factor, 1)
    * coalesce(p.factor, 1) * coalesce(s.factor, 1) AS factor,
  k.key_week % 10 AS day_type
FROM store_days k
CROSS JOIN (SELECT DISTINCT category_code AS category FROM product_codes) c
LEFT JOIN temperature_range g ON g.category = c.category
LEFT JOIN factors w ON w.kind = 'week' AND w.category = c.category AND w.key = k.key_week
LEFT JOIN factors t
  ON t.kind = 'temperature' AND t.category = c.category
  AND t.key = if(k.key_temperature < 0, -1, greatest(g.lowest, least(g.highest, k.key_temperature)))
LEFT JOIN factors r ON r.kind = 'rain' AND r.category = c.category AND r.key = k.key_rain
LEFT JOIN factors e ON e.kind = 'event' AND e.category = c.category AND e.key = k.key_event
LEFT JOIN factors p ON p.kind = 'payday' AND p.category = c.category AND p.key = k.key_payday
LEFT JOIN factors s ON s.kind = 'season' AND s.category = c.category AND s.key = k.key_season;
