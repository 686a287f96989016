import assert from "node:assert/strict";
import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { lakePaths } from "../../../contracts/lake-layout";
import { quote } from "../../../runtime/engine/duckdb/database";
import { CONFIG_FILE } from "../../../runtime/ingest/config-file";
import { ingest } from "../../../runtime/ingest/ingest";
import { initConfig } from "../../../runtime/ingest/suggest-config";
import { ingestRuns, TODAY, type Files } from "../support/ingest-runs";

describe("what is assumed of items of which no file says it", () => {
  const { folder, rows, run } = ingestRuns();

  /** Code -> group, days on the shelf, days to deliver, units a pack. */
  const termsIn = async (lake: string) => {
    const found = await rows<Record<string, string | number>>(
      `SELECT sku_code, category, shelf_life_days, lead_time_days, pack_size
       FROM ${quote(lakePaths.master(lake, "products"))} ORDER BY sku_code`,
    );
    return Object.fromEntries(
      found.map((row) => [
        row.sku_code,
        [row.category, row.shelf_life_days, row.lead_time_days, row.pack_size].join(" "),
      ]),
    );
  };
  const terms = async (files: Files) => {
    const report = await run(files);
    return { of: await termsIn(report.lake), warnings: report.warnings.join("\n") };
  };

  it("goes by the category that the sales tell, and the warning names it", async () => {
    const { of, warnings } = await terms({
      "sales.csv":
        "date,item code,product name,department,qty\n" +
        "2026-11-20,101,幕の内,弁当,3\n2026-11-20,102,緑茶,飲料,1\n2026-11-20,103,電池,日用品,2\n2026-11-20,104,謎,占い,2\n" +
        "2026-11-20,105,カップ,インスタント食品,2\n2026-11-21,101,,,2\n",
    });

    assert.deepEqual(of, {
      101: "food 2 1 1",
      102: "drinks 90 2 1",
      103: "daily 365 2 1",
      104: "daily 30 1 1",
      105: "food 90 2 1",
    });
    assert.match(warnings, /弁当 2 days on the shelf, 1 day to deliver, packs of 1 \(1 item\)/);
    assert.match(warnings, /put under other: "占い" \(1 item\)/);
  });

  it("goes by the items' names where they tell about most of them, and leaves the models alone", async () => {
    const bakery = await terms({
      "sales.csv":
        "date,item,qty\n2026-11-20,Baguette,3\n2026-11-20,Croissant,1\n2026-11-20,Cheese tart,2\n2026-11-20,Traditional,1\n",
    });
    const webShop = await terms({
      "sales.csv":
        "date,item,qty\n2026-11-20,Cake stand,3\n2026-11-20,Lantern,1\n2026-11-20,Doormat,2\n2026-11-20,Clock,2\n",
    });

    assert.deepEqual(bakery.of, {
      Baguette: "daily 3 1 1",
      Croissant: "daily 3 1 1",
      "Cheese tart": "daily 3 1 1",
      Traditional: "daily 3 1 1",
    });
    assert.match(bakery.warnings, /bread 3 days on the shelf.*\(3 items\); fresh sweets .*\(1 item\)/);
    assert.deepEqual(new Set(Object.values(webShop.of)), new Set(["daily 30 1 1"]));
  });

  it("fills only what a product file leaves open", async () => {
    const { of, warnings } = await terms({
      "pos.csv": "sku,date,qty\nA,2026-11-20,9\nB,2026-11-20,1\n",
      "products.csv": "sku,category,賞味期限日数,入数\nA,冷凍食品,,6\nB,パン,2日,\n",
    });

    assert.deepEqual(of, { A: "food 180 2 6", B: "food 2 1 1" });
    assert.match(warnings, /冷凍食品 180 days on the shelf, 2 days to deliver \(1 item\)/);
    assert.match(warnings, /パン 1 day to deliver, packs of 1 \(1 item\)/);
  });

  it("goes by the data config first, for the chain's categories, for ours, and for items without one", async () => {
    const { of, warnings } = await terms({
      "sales.csv":
        "date,item,class,qty\n2026-11-20,1,Kiosk,3\n2026-11-20,2,Wine,1\n2026-11-20,3,,2\n2026-11-20,4,Brotbread,2\n",
      [CONFIG_FILE]:
        'categories: { Wine: drinks, "*": food }\n' +
        "assume: { Kiosk: { shelfLifeDays: 7 }, drinks: { leadTimeDays: 5, packSize: 12 }, Bier: { packSize: 6 } }\n",
    });

    assert.deepEqual(of, {
      1: "daily 7 1 1",
      2: "drinks 180 5 12",
      3: "food 3 1 1",
      4: "food 3 1 1",
    });
    assert.match(warnings, /"assume" names what no item is: Bier/);
  });

  it("rejects an assumption that is none, and names what is allowed", async () => {
    await assert.rejects(
      run({
        "sales.csv": "date,item,qty\n2026-11-20,1,3\n",
        [CONFIG_FILE]: "assume: { food: { days: 7 } }\n",
      }),
      /assume\.food: there is no days; shelfLifeDays, leadTimeDays, packSize are allowed/,
    );
  });

  it("is written by --init as comments, which change nothing", async () => {
    const path = folder.path("init");
    mkdirSync(path);
    const sales = "date,item,department,qty\n2026-11-20,1,Bread,3\n2026-11-20,2,弁当,1\n";
    writeFileSync(`${path}/sales.csv`, sales);
    await initConfig(path, TODAY);
    await ingest({ input: path, lake: folder.path("init-lake"), today: TODAY });

    const text = readFileSync(`${path}/${CONFIG_FILE}`, "utf8");
    assert.match(text, /Bread: food\n {2}弁当: food\n/);
    assert.match(text, /assume: \{\}\n# {2}Bread: \{ shelfLifeDays: 3, leadTimeDays: 1, packSize: 1 \}/);
    assert.deepEqual(await termsIn(folder.path("init-lake")), { 1: "food 3 1 1", 2: "food 2 1 1" });
  });
});
