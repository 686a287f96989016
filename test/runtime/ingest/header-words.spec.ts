import assert from "node:assert/strict";
import { matchColumns } from "../../../runtime/ingest/columns";
import { parseIngestConfig } from "../../../runtime/ingest/config";

/** The header's own names of what was found, and what was not found though it is needed. */
function match(header: string) {
  const names = header.split(",");
  const { positions, missing, doubtful } = matchColumns(
    "transactions",
    names,
    parseIngestConfig({}, "config"),
  );
  const found = Object.entries(positions).filter(([, position]) => position !== undefined);
  return {
    found: Object.fromEntries(found.map(([name, position]) => [name, names[position ?? -1]])),
    missing,
    doubtful,
  };
}

describe("headers put together from known words", () => {
  it("are found in English and Japanese, in one word or several, in narrow kana too", () => {
    const headers: [header: string, sku: string, date: string, quantity: string][] = [
      ["Txn_Date,ProductNumber,UnitsSold", "ProductNumber", "Txn_Date", "UnitsSold"],
      ["saleDt,menu_nm,NET QUANTITY", "menu_nm", "saleDt", "NET QUANTITY"],
      ["Receipt Date,Goods,Qty Sales", "Goods", "Receipt Date", "Qty Sales"],
      ["営業日付,アイテム番号,販売個数計", "アイテム番号", "営業日付", "販売個数計"],
      ["会計日時,料理名称,売れた点数", "料理名称", "会計日時", "売れた点数"],
      ["ﾊﾝﾊﾞｲﾋﾂﾞｹ,ﾋﾝﾓｸｺｰﾄﾞ,ｳﾘｱｹﾞｽｳﾘｮｳ", "ﾋﾝﾓｸｺｰﾄﾞ", "ﾊﾝﾊﾞｲﾋﾂﾞｹ", "ｳﾘｱｹﾞｽｳﾘｮｳ"],
    ];
    for (const [header, sku, date, quantity] of headers)
      assert.deepEqual(match(header).found, { sku, date, quantity }, header);
  });

  it("are a line's own where a web shop's export has the order's beside them", () => {
    const { found } = match("Name,Total,Ordered at,LineItem Qty,LineItem Title,LineItem Price,LineItem SKU");

    assert.deepEqual(
      [found.sku, found.name, found.quantity, found.date],
      ["LineItem SKU", "LineItem Title", "LineItem Qty", "Ordered at"],
    );
    assert.equal(found.price, "LineItem Price");
    assert.equal(match("注文日,商品管理番号,商品名,個数").found.sku, "商品管理番号");
  });

  it("prefer an item's code to its name", () => {
    assert.deepEqual(match("日付,商品名,アイテムID,数量").found.sku, "アイテムID");
    assert.deepEqual(match("date,product,qty").found.sku, "product");
  });

  it("tell a line's amount from a unit's price", () => {
    const { found } = match("date,item,qty,Extended Price,Each Price");
    assert.deepEqual([found.amount, found.price], ["Extended Price", "Each Price"]);
    assert.equal(match("date,item,qty,EXT_AMT").found.price, undefined);
  });

  it("leave what was ordered, delivered, returned or is in stock alone", () => {
    const others = [
      "Delivered Qty",
      "return units",
      "StockQuantity",
      "納品数量",
      "返品個数",
      "在庫数",
      "廃棄数",
    ];
    for (const other of others) assert.deepEqual(match(`date,item,${other}`).missing, ["quantity"], other);
    for (const other of ["Delivery Date", "賞味期限日", "納品日付"])
      assert.deepEqual(match(`${other},item,qty`).missing, ["date"], other);
  });

  it("ask which one is meant where two would do", () => {
    const { missing, doubtful } = match("date,item,Total Qty,Daily Qty");
    assert.deepEqual(missing, ["quantity"]);
    assert.deepEqual(doubtful.quantity, ["Total Qty", "Daily Qty"]);
  });
});
