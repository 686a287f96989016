import { integer, text, type FeatureGroupSchema } from "./schema";

/** The store master. The lake's `block` is missing on purpose: it is where files lie, not what a store is. */
export const stores: FeatureGroupSchema = {
  name: "stores",
  version: 1,
  description: "Store master: weather area, location type and clientele of one store",
  recordIdentifier: integer("store_id"),
  columns: [text("store_code"), text("name"), integer("area"), text("location_type"), text("clientele")],
};
