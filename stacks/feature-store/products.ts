import { integer, text, type FeatureGroupSchema } from "./schema";

/** The product master. Category and launch date give the model's codes; the terms are what ordering needs. */
export const products: FeatureGroupSchema = {
  name: "products",
  version: 1,
  description: "Product master: category, price, launch, shelf life and order terms of one SKU",
  recordIdentifier: integer("sku_id"),
  columns: [
    text("sku_code"),
    text("name"),
    text("category"),
    integer("price_band"),
    integer("price_yen"),
    integer("cost_yen"),
    text("launched_on"),
    integer("shelf_life_days"),
    integer("pack_size"),
    integer("lead_time_days"),
    integer("minimum_display"),
  ],
};
