-- The price on the shelf before a promotion, and the discount really given.
-- Grain: one row per store, SKU and day with a sale.
-- Where the till gives no list price it is found near the day: a price is a promotion only if it is below what was usual
-- both before and after it. After a price rise or a price cut one of the two is the new price, and nothing is invented.
-- A side counts with three sold days, and only if the data reaches 14 days to that side.
CREATE OR REPLACE TEMP TABLE priced AS
WITH usual AS (
  SELECT
    store_id,
    sku_id,
    day,
    CASE
      WHEN day - first_sale >= 14 AND count(top_price) OVER before >= 3 THEN median(top_price) OVER before
    END AS price_before,
    CASE
      WHEN getvariable('cutoff')::DATE - day >= 14 AND count(top_price) OVER after >= 3 THEN median(top_price) OVER after
    END AS price_after
  FROM (SELECT *, min(day) OVER (PARTITION BY store_id, sku_id) AS first_sale FROM sold WHERE listed IS NULL) AS unlisted
  WINDOW
    before AS (
      PARTITION BY store_id, sku_id ORDER BY day
      RANGE BETWEEN INTERVAL 28 DAY PRECEDING AND INTERVAL 1 DAY PRECEDING
    ),
    after AS (
      PARTITION BY store_id, sku_id ORDER BY day
      RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND INTERVAL 28 DAY FOLLOWING
    )
),
shelf AS (
  SELECT
    sold.*,
    coalesce(
      sold.list_price,
      greatest(sold.top_price, coalesce(least(usual.price_before, usual.price_after), sold.top_price))
    ) AS shelf_price
  FROM sold
  LEFT JOIN usual USING (store_id, sku_id, day)
)
SELECT
  store_id,
  sku_id,
  day,
  net_units,
  shelf_price,
  greatest(1 - paid / nullif(coalesce(listed, priced_units * shelf_price), 0), 0) AS discount_share
FROM shelf;
