-- What was sold: receipt lines summed to days.
-- Grain: one row per store, SKU and day with a line. Ids are provisional; the lake's follow the order of the codes.
-- A price that no file has is NaN: such lines have units and no sales value.
SELECT
  store_id,
  sku_id,
  day,
  sum(quantity * copies) AS net_units,
  CAST(sum(copies) AS INTEGER) AS line_count,
  sum(CASE WHEN isnan(price) THEN 0 ELSE quantity * price * copies END) AS sales,
  sum(abs(quantity) * copies) FILTER (WHERE NOT isnan(price)) AS priced_units,
  sum(abs(quantity) * price * copies) FILTER (WHERE NOT isnan(price)) AS paid,
  max(price) FILTER (WHERE NOT isnan(price)) AS top_price,
  sum(abs(quantity) * list_price * copies) FILTER (WHERE NOT isnan(price) AND NOT isnan(list_price)) AS listed,
  max(list_price) FILTER (WHERE NOT isnan(list_price)) AS list_price
FROM lines
GROUP BY store_id, sku_id, day
