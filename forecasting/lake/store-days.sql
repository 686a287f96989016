-- What is known of each store's days; ingested lakes only.
-- Grain: one row per store and day, from the store's first sale to the cutoff.
-- A day without lines was covered when a file with this store's sales spans it, or a file of several stores does: then the
-- store was closed. Otherwise no file has come, and nothing is known.
WITH per_store AS (
  SELECT store_id, min(day) AS first_day FROM open_days GROUP BY store_id
),
spine AS (
  SELECT store_id, CAST(unnest(generate_series(first_day, getvariable('cutoff')::TIMESTAMP, INTERVAL 1 DAY)) AS DATE) AS day
  FROM per_store
),
totals AS (
  SELECT store_id, day, CAST(sum(line_count) AS INTEGER) AS line_count, sum(net_units) AS units, sum(sales) AS sales
  FROM all_sold
  GROUP BY store_id, day
),
shared_files AS (
  SELECT file_id, min(first_day) AS first_day, max(last_day) AS last_day
  FROM file_stores
  GROUP BY file_id
  HAVING count(*) > 1
),
covered AS (
  SELECT spine.store_id, spine.day
  FROM spine
  WHERE EXISTS (
      FROM file_stores AS own
      WHERE own.store_id = spine.store_id AND spine.day BETWEEN own.first_day AND own.last_day
    )
    OR EXISTS (FROM shared_files WHERE spine.day BETWEEN shared_files.first_day AND shared_files.last_day)
)
SELECT
  spine.store_id,
  spine.day,
  CAST(coalesce(totals.line_count, 0) AS INTEGER) AS line_count,
  CAST(coalesce(totals.units, 0) AS DOUBLE) AS units,
  CAST(coalesce(totals.sales, 0) AS DOUBLE) AS sales,
  covered.day IS NOT NULL AS is_covered
FROM spine
LEFT JOIN totals USING (store_id, day)
LEFT JOIN covered USING (store_id, day)
ORDER BY spine.store_id, spine.day
