-- Sales up to the cutoff as far as they tell something about demand.
-- Grain: one row per store, SKU and day.
-- Leak rule: nothing after the cutoff is visible to any query that reads this view.
-- A closed or stocked-out day keeps its row, so that days stay countable, but its units are NULL.
CREATE OR REPLACE TEMP VIEW observed AS
SELECT
  store_id,
  sku_id,
  day,
  CASE WHEN NOT is_closed AND NOT is_stocked_out THEN units END AS units,
  CAST(promo_type > 0 AS INTEGER) AS is_promoted
FROM daily
WHERE day <= getvariable('cutoff');
