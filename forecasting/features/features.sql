-- The model's rows: keys, label, then the features in the order of feature-list.ts.
-- Grain: one row per store, SKU and target day.
-- Leak rule: `history`, `sku_day` and `store_day` each keep theirs; nothing else is read.
SELECT
  store_id,
  sku_id,
  day,
  history.units,
  store_day.weekday,
  store_day.month,
  store_day.is_holiday,
  store_day.is_bridge_day,
  store_day.days_since_payday,
  store_day.holiday_season,
  sku_day.discount_share,
  sku_day.promo_type,
  history.lag_7,
  history.lag_14,
  history.lag_28,
  history.mean_7,
  history.std_7,
  history.mean_14,
  history.std_14,
  history.mean_28,
  history.std_28,
  history.mean_112,
  history.weekday_mean,
  history.promo_share_28,
  sku_day.chain_mean_28,
  sku_day.category,
  sku_day.price_band,
  sku_day.is_new,
  sku_day.days_since_launch,
  store_day.location_type,
  store_day.area,
  store_day.clientele,
  store_day.temperature_forecast,
  store_day.rain_forecast,
  store_day.event_size
FROM history
JOIN store_day USING (store_id, day)
JOIN sku_day USING (sku_id, day)
ORDER BY store_id, sku_id, day
