import assert from "node:assert/strict";
import { parseIngestConfig } from "../../../runtime/ingest/config";
import { findLayout } from "../../../runtime/ingest/find-layout";
import type { SalesLayout } from "../../../runtime/ingest/sales-layout";

const CONFIG = parseIngestConfig({}, "config");

function layoutOf(header: string, rows: readonly string[], fileName = "data.csv"): SalesLayout {
  const cells = rows.map((row) => row.split(","));
  const found = findLayout(header.split(","), cells, fileName, CONFIG);
  if ("problem" in found) throw new Error(found.problem);
  return found.layout;
}

/** The file's own names of the columns that are used, as "item=… day=… units=…", and what stands in for those that are not there. */
function used(header: string, rows: readonly string[], fileName?: string): string {
  const { positions, item, day, wide } = layoutOf(header, rows, fileName);
  const names = header.split(",");
  const of = (name: string, other: string | undefined) => names[positions[name] ?? -1] ?? other;
  const columns = wide ? `${wide.kind}:${wide.columns.map(({ name }) => name).join("+")}` : "a line";
  return `${of("date", day?.kind)} ${of("store", "-")} ${of("sku", item)} ${of("quantity", columns)}`;
}

const problemOf = (header: string, rows: readonly string[]) => {
  try {
    return used(header, rows);
  } catch (error) {
    return (error as Error).message;
  }
};

describe("how a file is read whose columns have other names", () => {
  it("tells sizes of one dish apart by the code beside its name", () => {
    const rows = ["2026-04-01,soup_l,Soup,2", "2026-04-01,soup_s,Soup,3", "2026-04-02,soup_l,Soup,1"];
    const { positions } = layoutOf("day,dish_variant_id,dish_variant_name,qty", rows);

    assert.equal(used("day,dish_variant_id,dish_variant_name,qty", rows), "day - dish_variant_id qty");
    assert.equal(positions.name, 2);
    // A number of each line is no code.
    const numbered = rows.map((row, i) => row.replace(/soup_./, String(i)));
    assert.equal(used("day,dish_variant_id,dish_variant_name,qty", numbered), "day - dish_variant_name qty");
  });

  it("takes a type for the line's, where it is not what tells the items apart", () => {
    const rows = ["2026-04-01,Sale,Tea,2", "2026-04-01,Refund,Tea,1"];
    assert.equal(layoutOf("day,type,item,qty", rows).positions.kind, 1);

    const { positions } = layoutOf("day,type,qty", ["2026-04-01,Tea,2", "2026-04-01,Coffee,1"]);
    assert.deepEqual([positions.sku, positions.kind], [1, undefined]);
  });

  it("asks which of two columns of one name was sold, unless they say the same", () => {
    assert.match(
      problemOf("day,item,qty,Qty", ["2026-04-01,Tea,2,7", "2026-04-02,Tea,3,3"]),
      /two columns are named "qty" and differ: rename the one that is not what was sold/,
    );
    assert.equal(used("day,item,qty,Qty", ["2026-04-01,Tea,2,2"]), "day - item qty");
    const { notes } = layoutOf("day,item,qty,price,price", ["2026-04-01,Tea,2,300,180"]);
    assert.deepEqual(notes, [
      'two columns are named "price" and differ: the first is read; rename what is not meant',
    ]);
  });

  it("counts a line as a unit where lines are sales, and never where amounts are more than prices", () => {
    const receipts = "Day,Till time,Receipt no,Item";
    assert.equal(
      used(receipts, ["2026-04-01,09:10:00,7,Scone", "2026-04-01,09:10:00,7,Scone"]),
      "Day - Item a line",
    );
    assert.match(
      problemOf("Day,Receipt no,Item,Price,Amount", [
        "2026-04-01,7,Scone,200,400",
        "2026-04-01,8,Scone,200,200",
      ]),
      /amounts are more than prices/,
    );
  });

  it("forecasts guests where nobody counts items, and money only where nothing is counted", () => {
    assert.equal(
      used("shop_id,visit_date,visitors", ["a,2026-04-01,25", "b,2026-04-01,31"]),
      "visit_date shop_id all visitors",
    );
    const days = ["2026/04/01,晴れ,210,151000", "2026/04/02,雨,160,120000"];
    assert.equal(used("日付,天気,客数,売上金額", days), "日付 - all 客数");
    const counted = layoutOf("日付,天気,客数,売上金額", days);
    const money = layoutOf("日付,天気,売上金額", ["2026/04/01,晴れ,151000", "2026/04/02,雨,120000"]);
    assert.deepEqual([counted.isMoney, money.isMoney], [false, true]);
    assert.match(money.notes.join(), /where it is money, all "units" are money/);
  });

  it("takes a group for the items where it alone tells the lines of a day apart", () => {
    const rows = ["2026-04-01,1,BEAUTY,12", "2026-04-01,1,BREAD,40", "2026-04-02,1,BEAUTY,9"];
    assert.equal(used("date,store_nbr,family,sales", rows), "date store_nbr family sales");
  });

  it("asks where two quantities differ, and says when what was ordered is taken for sold", () => {
    const rows = ["2026-04-01,A,5,4", "2026-04-02,A,6,6"];
    assert.match(problemOf("date,item,first_qty,second_qty", rows), /first_qty.* or .*second_qty/);
    assert.match(layoutOf("date,item,order_qty,shipped_qty", rows).notes.join(), /what was ordered is taken/);
  });

  it("reads a column an item beside the calendar and the weather, and no column that measures something", () => {
    assert.equal(
      used("日付,曜日,幕の内,カレー,合計,気温", ["2026/04/01,水,12,30,42,15", "2026/04/02,木,14,28,42,17"]),
      "日付 - undefined items:幕の内+カレー",
    );
    assert.match(
      problemOf("Date,Open,High,Low,Close", ["2026-04-01,1.5,2.5,1,2", "2026-04-02,2.5,3.5,2,3"]),
      /no column for "sku"/,
    );
  });

  it("reads a column a store, of one item or of an item a row", () => {
    const rows = ["2026/04/01,12,30,42", "2026/04/02,14,28,42"];
    assert.equal(used("日付,大阪店,神戸店,合計", rows), "日付 - all stores:大阪店+神戸店");
    assert.equal(
      used("date,item,Store 1,Store 2", ["2026-04-01,A,3,4", "2026-04-01,B,1,2"]),
      "date - item stores:Store 1+Store 2",
    );
  });

  it("reads a column a day in the order of dates that all of them settle, and numbered days", () => {
    const days = ["28/03/2026", "29/03/2026", "30/03/2026", "31/03/2026", "01/04/2026"];
    assert.equal(
      used(`item,${days.join(",")}`, ["Scone,1,2,3,4,5"]),
      `undefined - item days:${days.join("+")}`,
    );
    const numbered = layoutOf("item_id,store_id,d_1,d_2,d_3,d_4,d_5", ["F_1,CA_1,0,2,0,1,1"]);
    assert.deepEqual([numbered.wide?.kind, numbered.wide?.columns.length], ["numbered days", 5]);
  });

  it("finds the day in parts, in a column of another name, or in the file's name, but no month's", () => {
    assert.equal(used("年,月,日,商品,数量", ["2026,4,1,パン,3"]), "parts - 商品 数量");
    assert.equal(used("dteday,item,qty", ["2026-04-01,A,3", "2026-04-02,A,4"]), "dteday - item qty");
    assert.equal(used("商品,数量", ["パン,3"], "売上_20260401-20260401.csv"), "name - 商品 数量");
    assert.throws(() => used("商品,数量", ["パン,3"], "売上_20260401-20260430.csv"), /no column for "date"/);
  });

  it("takes no code that most lines leave empty", () => {
    const rows = ["2026-04-01,Latte,,2", "2026-04-01,Mocha,,1", "2026-04-02,Latte,X1,4"];
    assert.equal(used("date,Item,SKU,qty", rows), "date - Item qty");
  });
});
