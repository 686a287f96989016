import assert from "node:assert/strict";
import { ingestRuns, reconcile } from "../support/ingest-runs";

const days = (count: number) =>
  Array.from({ length: count }, (_, i) => new Date(Date.UTC(2026, 2, 2 + i)).toISOString().slice(0, 10));
const table = (...lines: readonly string[]) => `${lines.join("\n")}\n`;

describe("folders as they are downloaded", () => {
  const { run, fails, daily } = ingestRuns();

  it("have the days of their lines in the file of orders, Western letters, cancelled lines and a currency", async () => {
    const lines = table(
      "line_id,order_id,dish_id,quantity,price,currency,order_status",
      "1,11,Crème,2,4.50,EUR,done",
      "2,11,Crème,1,4.50,EUR,cancelled",
      "3,12,Gelée,3,2.25,EUR,done",
    );
    const report = await run({
      "order_lines.csv": Buffer.from(lines, "latin1"),
      "orders.csv": table("order_id,date,table", "11,2026-03-02,4", "12,2026-03-03,2"),
    });

    assert.deepEqual(
      (await daily(report.lake)).filter((row) => !row.endsWith(" 0")),
      ["1 Crème 2026-03-02 2", "1 Gelée 2026-03-03 3"],
    );
    assert.deepEqual([report.currency, report.figures.kept.sales], ["EUR", 15.75]);
    const warnings = report.warnings.join("\n");
    assert.match(warnings, /days are those of "date" in orders.csv, by "order_id"/);
    assert.match(warnings, /1 cancelled or returned line left out, in no figure/);
    reconcile(report);
  });

  it("have what became of each order, which sells nothing that came back in the end", async () => {
    const rows = [
      "1,2026-03-02,Mug,4,Delivered",
      "2,2026-03-02,Mug,2,Shipped - Returned to Seller",
      "3,2026-03-03,Mug,3,Partially refunded",
      "4,2026-03-03,Mug,1,Cancelled by buyer",
      "5,2026-03-03,Mug,5,Shipped - Rejected by Buyer",
      "6,2026-03-03,Mug,1,Not returned",
    ];
    const report = await run({ "orders.csv": table("order_id,date,item,qty,Order Status", ...rows) });

    assert.deepEqual(await daily(report.lake), ["1 Mug 2026-03-02 4", "1 Mug 2026-03-03 4"]);
    assert.match(report.warnings.join("\n"), /3 cancelled or returned lines left out, in no figure/);
    reconcile(report);
  });

  it("have lines of their own for what came back, by their kind", async () => {
    const rows = ["2026-03-02,Mug,6,Sale", "2026-03-02,Mug,2,Return", "2026-03-03,Mug,-1,Return"];
    const report = await run({ "sales.csv": table("date,item,qty,Transaction Type", ...rows) });

    assert.equal(report.figures.kept.units, 3);
    assert.equal((await daily(report.lake))[0], "1 Mug 2026-03-02 4");
  });

  it("have one column a numbered day, and a calendar that says which days they are", async () => {
    const calendar = table("date,d", ...days(6).map((day, i) => `${day},d_${i + 1}`));
    const files = { "sales_by_day.csv": table("item_id,d_1,d_2,d_3,d_4,d_5,d_6", "F1,1,0,2,5,3,4") };
    const report = await run({ ...files, "calendar.csv": calendar });

    assert.equal(report.figures.kept.units, 15);
    assert.deepEqual((await daily(report.lake)).slice(2, 4), ["1 F1 2026-03-04 2", "1 F1 2026-03-05 5"]);
    await fails(files, /d_1 to d_6 are numbered days: put the calendar/);
  });

  it("have one column a store, and lines of visits that are no sales", async () => {
    const stores = await run({
      "日計.csv": "日付,商品,大阪店,神戸店\n2026/03/02,茶,3,0\n2026/03/03,茶,1,2\n",
    });
    const shop = await run({
      "log.csv": table(
        "event_time,event_type,product_id,price",
        "2026-03-02 23:10:00,view,A,9.5",
        "2026-03-02 23:12:00,purchase,A,9.5",
        "2026-03-03 08:00:00,cart,B,4",
        "2026-03-03 08:01:00,purchase,B,4",
      ),
    });

    assert.deepEqual(
      (await daily(stores.lake)).filter((row) => !/ 0( closed)?$/.test(row)),
      ["大阪店 茶 2026-03-02 3", "大阪店 茶 2026-03-03 1", "神戸店 茶 2026-03-03 2"],
    );
    assert.deepEqual([shop.figures.kept.units, shop.figures.kept.sales, shop.readCount], [2, 13.5, 2]);
    assert.match(shop.warnings.join("\n"), /2 lines of visits, not of a sale \(views, carts\), left out/);
  });

  it("may hold no sales: the file that lacks least is named, the others are counted, and rows say what is wrong", async () => {
    await fails(
      {
        "aisles.csv": table("aisle_id,aisle", "1,soups"),
        "colours.csv": table("colour_id,colour", "1,red"),
        "order_parts.csv": table("order_id,product_id,again", "7,A,1"),
      },
      /no sales file .*; order_parts.csv: not read: .*; 2 files have none of these columns$/,
    );
    await fails(
      { "sales.csv": table("day,product_id,quantity", "1,A,2", "2,A,3") },
      /most for "a number in place of a date" \(2\), such as 1 \(export the date itself/,
    );
  });

  it("tell no sale twice: what sums to the same days is refused, with both names", async () => {
    const units = days(9).map((day, i) => ({ day, noon: 10 + ((i * 7) % 5), evening: 3 + i }));
    await fails(
      {
        "sales_days.csv": table(
          "date,item,qty",
          ...units.map(({ day, noon, evening }) => `${day},all,${noon + evening}`),
        ),
        "sales_hours.csv": table(
          "date,hour,item,qty",
          ...units.flatMap(({ day, noon, evening }) => [`${day},12,A,${noon}`, `${day},18,B,${evening}`]),
        ),
      },
      /sales_(days|hours).csv and sales_(days|hours).csv tell the same sales twice/,
    );
  });

  it("may have sums of weeks, which are refused, and days on which more came back than was sold, which are told", async () => {
    const weeks = days(36).filter((_, i) => i % 7 === 0);
    await fails(
      { "sales.csv": table("Date,Item,Qty", ...weeks.map((day) => `${day},A,7`)) },
      /those of weeks, not of days \(2026-03-02, 2026-03-09, 2026-03-16, …\)/,
    );
    const report = await run({
      "sales.csv": table("Date,Item,Qty", "2026-03-02,A,5", "2026-03-03,A,-2", "2026-03-03,B,1"),
    });

    assert.deepEqual([report.figures.kept.units, report.clippedUnits], [4, 2]);
    assert.match(report.warnings.join("\n"), /2 units came back on days that sold fewer/);
  });

  it("weigh what they sell where several lines have a fraction; one in a few lines is a slip", async () => {
    const sold = (...units: string[]) =>
      table("Date,Item,Qty", ...units.map((unit, i) => `2026-03-0${i + 2},Beans,${unit}`));
    await fails(
      { "sales.csv": sold("2", "1.5", "3") },
      /not a whole number" \(1\), such as 1.5 \(for weights/,
    );
    const report = await run({ "sales.csv": sold("0.4", "1.5", "3", "2.25") });

    assert.equal(report.figures.kept.units, 7.15);
    assert.match(report.warnings.join("\n"), /3 lines have a fraction of a unit/);
  });

  it("may be a file a day: what is said of all of them is said once", async () => {
    const files = days(5).map((day, i) => [
      `品別_${day.replaceAll("-", "")}.csv`,
      `商品,数量\nパン,${i + 1}\n`,
    ]);
    const report = await run(Object.fromEntries(files) as Record<string, string>);

    assert.equal(report.figures.kept.units, 15);
    assert.equal((await daily(report.lake)).at(-1), "1 パン 2026-03-06 5");
    const said = report.warnings.filter((warning) => /the day is the one in the file's name/.test(warning));
    assert.deepEqual(said.length, 1);
    assert.match(said[0] ?? "", /^品別_20260302.csv and 4 more files: /);
  });
});
