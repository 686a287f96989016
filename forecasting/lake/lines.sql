-- Receipt lines with repeats dropped.
-- Grain: one row per line as it was sent; `copies` says how often it counts.
-- key_high = 0: the file has no transaction number, so nothing is known to be a repeat.
-- key_low even: the line has a number on its receipt; the same line sent again agrees in every column and counts once.
-- key_low odd: a receipt without line numbers; equal lines in one file are units of their own, and only what another file
-- has again is a repeat: the file that has most of them counts.
-- A corrected line with the same number is kept beside the first.
CREATE OR REPLACE TEMP VIEW lines AS
SELECT store_id, sku_id, day, quantity, price, list_price, 1 AS copies
FROM staged_lines
WHERE getvariable('has_unidentified') AND key_high = 0
UNION ALL
SELECT store_id, sku_id, day, quantity, price, list_price, 1 AS copies
FROM (
  SELECT DISTINCT store_id, sku_id, day, quantity, price, list_price, key_high, key_low
  FROM staged_lines
  WHERE getvariable('has_numbered') AND key_high <> 0 AND key_low & 1 = 0
) AS numbered
UNION ALL
SELECT store_id, sku_id, day, quantity, price, list_price, max(copies) AS copies
FROM (
  SELECT store_id, sku_id, day, quantity, price, list_price, key_high, key_low, count(*) AS copies
  FROM staged_lines
  WHERE getvariable('has_receipts') AND key_high <> 0 AND key_low & 1 = 1
  GROUP BY store_id, sku_id, day, quantity, price, list_price, key_high, key_low, file_id
) AS per_file
GROUP BY store_id, sku_id, day, quantity, price, list_price, key_high, key_low;
