-- Stock-outs of a chain that reports none, from runs of zeros on open days.
-- Grain: one row per store, SKU and day that probably ran out.
-- A run counts when a negative binomial (dispersion 8) with the mean of the 56 days before it, of which at least 28 were
-- open, would give so many zeros less than once in a thousand times. More than 28 zeros are no stock-out: the SKU has
-- been taken off the shelf.
CREATE OR REPLACE TEMP TABLE stockouts AS
WITH runs AS (
  SELECT
    *,
    count(*) FILTER (WHERE units > 0) OVER series AS run,
    CASE
      WHEN count(*) FILTER (WHERE NOT is_closed) OVER before >= 28
        THEN avg(CASE WHEN NOT is_closed THEN units END) OVER before
    END AS mean_before
  FROM dense
  WINDOW
    series AS (PARTITION BY store_id, sku_id ORDER BY day),
    before AS (series ROWS BETWEEN 56 PRECEDING AND 1 PRECEDING)
),
zeros AS (
  SELECT store_id, sku_id, run, count(*) AS zero_days
  FROM runs
  WHERE units = 0 AND NOT is_closed
  GROUP BY store_id, sku_id, run
),
starts AS (
  SELECT store_id, sku_id, run, arg_min(mean_before, day) AS mean_before
  FROM runs
  GROUP BY store_id, sku_id, run
),
empty_runs AS (
  SELECT zeros.store_id, zeros.sku_id, zeros.run
  FROM zeros
  JOIN starts USING (store_id, sku_id, run)
  WHERE zero_days <= 28 AND zero_days * 8 * ln(8 / (8 + mean_before)) < ln(0.001)
)
SELECT runs.store_id, runs.sku_id, runs.day
FROM runs
JOIN empty_runs USING (store_id, sku_id, run)
WHERE runs.units = 0 AND NOT runs.is_closed;
