-- Receipt lines of one block with repeats merged.
-- Grain: one row per receipt line.
-- Only lines that agree in every column are one line: a corrected line with the same number is kept beside the first.
CREATE OR REPLACE TEMP TABLE lines AS
SELECT
  store_map.id AS store_id,
  sku_map.id AS sku_id,
  day,
  quantity,
  price_yen,
  list_price_yen
FROM (
  SELECT DISTINCT store_id, sku_id, day, quantity, price_yen, list_price_yen, key_high, key_low
  FROM staged_lines
) AS unique_lines
JOIN store_map ON store_map.provisional = unique_lines.store_id
JOIN sku_map ON sku_map.provisional = unique_lines.sku_id;
