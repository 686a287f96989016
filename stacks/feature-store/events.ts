import { integer, text, type FeatureGroupSchema } from "./schema";

/** An event near a store, `<store>-<yyyy-mm-dd>`: festival, concert, match. A day without one has no record. */
export const events: FeatureGroupSchema = {
  name: "events",
  version: 1,
  description: "Event near one store on one day, known in advance, and its size",
  recordIdentifier: text("store_day"),
  columns: [integer("store_id"), text("day"), text("name"), integer("size")],
};
