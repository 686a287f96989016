import assert from "node:assert/strict";
import { Database } from "../../../runtime/engine/duckdb/database";
import { readItems } from "../../../runtime/ordering/item-terms";

describe("readItems", () => {
  let database: Database;
  before(async () => {
    database = await Database.open({ memoryMegabytes: 100 });
  });
  after(() => database.close());

  const itemsWith = async (price: string, cost: string) => {
    await database.run(`
      CREATE OR REPLACE TABLE products AS
      SELECT 1 AS sku_id, 'A' AS sku_code, 'A' AS name, 'food' AS category, ${price}::DOUBLE AS price_yen,
        ${cost}::DOUBLE AS cost_yen, 2 AS shelf_life_days, 1 AS pack_size, 1 AS lead_time_days, 0 AS minimum_display`);
    const item = (await readItems(database)).get(1)!;
    return { price: item.terms.priceYen, cost: item.terms.costYen, assumed: item.assumed };
  };

  it("takes a price of some hundredths for one: most currencies have them", async () => {
    assert.deepEqual(await itemsWith("0.85", "0.5"), { price: 0.85, cost: 0.5, assumed: [] });
    assert.deepEqual(await itemsWith("0.01", "0.01"), { price: 0.01, cost: 0.01, assumed: [] });
  });

  it("assumes a price where there is none, a cost in proportion to the price, and says so", async () => {
    const none = { price: 200, cost: 136, assumed: ["price", "cost"] };

    assert.deepEqual(await itemsWith("0", "0"), none);
    assert.deepEqual(await itemsWith("NULL", "NULL"), none);
    assert.deepEqual(await itemsWith("0.5", "NULL"), { price: 0.5, cost: 0.34, assumed: ["cost"] });
  });
});
