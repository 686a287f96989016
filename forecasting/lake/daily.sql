-- The lake's main table, for one slice of a block.
-- Grain: one row per store, SKU and day, dense as `dense` is.
-- A day without a sale is one of three things, and only the last is zero demand: closed, stocked out, no demand.
-- A day without a price has the product's.
SELECT
  dense.store_id,
  dense.sku_id,
  dense.day,
  dense.units,
  CAST(coalesce(dense.shelf_price, products.price_yen) AS FLOAT) AS price_yen,
  dense.discount_share,
  CAST(
    CASE
      WHEN plans.promo_type IS NOT NULL AND (dense.discount_share > 0.02 OR plans.discount_share = 0)
        THEN plans.promo_type
      WHEN dense.discount_share > 0.02 THEN 1
      ELSE 0
    END AS TINYINT
  ) AS promo_type,
  stockouts.day IS NOT NULL AND NOT dense.is_closed AS is_stocked_out,
  dense.is_closed
FROM dense
JOIN products USING (sku_id)
LEFT JOIN stockouts
  ON stockouts.store_id = dense.store_id AND stockouts.sku_id = dense.sku_id AND stockouts.day = dense.day
LEFT JOIN (
  SELECT sku_id, day, max(promo_type) AS promo_type, max(discount_share) AS discount_share
  FROM promotions
  GROUP BY sku_id, day
) AS plans ON plans.sku_id = dense.sku_id AND plans.day = dense.day
ORDER BY dense.store_id, dense.sku_id, dense.day
