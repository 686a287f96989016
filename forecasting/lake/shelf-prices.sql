-- The price on the shelf before a promotion, and the discount really given.
-- Grain: one row per store, SKU and day with a sale.
-- Where the till gives no list price it is found near the day: a price is a promotion only if it is below what was usual
-- both before and after it. After a price rise or a price cut one of the two is the new price, and nothing is invented.
CREATE OR REPLACE TEMP TABLE priced AS
SELECT
  store_id,
  sku_id,
  day,
  net_units,
  CAST(shelf_price AS FLOAT) AS shelf_price,
  CAST(
    greatest(1 - paid / nullif(coalesce(listed, priced_units * shelf_price), 0), 0) AS FLOAT
  ) AS discount_share
FROM (
  SELECT
    sold.*,
    coalesce(
      sold.list_price,
      greatest(sold.top_price, coalesce(least(usual.price_before, usual.price_after), sold.top_price))
    ) AS shelf_price
  FROM sold
  LEFT JOIN usual USING (store_id, sku_id, day)
) AS shelf;
