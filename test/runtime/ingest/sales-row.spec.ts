import assert from "node:assert/strict";
import { dayNumber } from "../../../forecasting/calendar/day";
import { findColumns } from "../../../runtime/ingest/columns";
import { parseIngestConfig } from "../../../runtime/ingest/config";
import { newSalesRow, salesRowParser } from "../../../runtime/ingest/sales-row";

const HEADER = ["transaction", "line", "store", "sku", "date", "quantity", "price"];

function parser() {
  const row = newSalesRow();
  const positions = findColumns("transactions", HEADER, parseIngestConfig({}, "config"));
  const rules = { today: dayNumber("2026-11-23"), decode: (text: string) => text };
  return { row, parse: salesRowParser(positions, rules, row) };
}

describe("salesRowParser", () => {
  it("fills the row", () => {
    const { row, parse } = parser();

    assert.equal(parse(["77", "2", "S1", " 4901 ", "2026/11/23 08:15", "-1", "1,080"]), undefined);

    assert.deepEqual(
      { ...row, identity: row.identity !== "" },
      {
        storeKey: "S1",
        skuKey: "4901",
        day: dayNumber("2026-11-23"),
        quantity: -1,
        price: 1080,
        listPrice: NaN,
        isMoneyBack: false,
        identityKind: "line number",
        identity: true,
      },
    );
  });

  it("says why a row is rejected", () => {
    const { parse } = parser();
    const good = ["77", "2", "S1", "4901", "2026-11-23", "1", "108"];
    const reasons: [column: number, value: string, kind: string][] = [
      [2, "", "no store"],
      [3, "", "no SKU"],
      [4, "2026-11-31", "not a date"],
      [4, "2026-11-24", "date in the future"],
      [4, "1999-12-31", "date before 2000"],
      [5, "1.5", "quantity is not a whole number"],
      [5, "900000", "quantity is implausible"],
      [6, "-5", "price is not positive"],
      [5, "1,5", "quantity is not a number"],
      [6, "free", "price is not a number"],
      [3, "4.90123E+12", "a code ruined by a spreadsheet"],
    ];

    for (const [column, value, kind] of reasons) {
      assert.equal(parse(good.with(column, value))?.kind, kind, `${column} ${value}`);
    }
    assert.equal(parse(good.with(5, "-1").with(6, "0"))?.kind, "price is not positive");
    assert.equal(parse(good.slice(0, 5))?.kind, "too few fields");
    assert.equal(parse(good), undefined);
  });
});

describe("findColumns", () => {
  const config = parseIngestConfig({}, "config");

  it("finds Japanese headers, however they are written", () => {
    const header = ["伝票番号", "店舗 コード", "ＪＡＮコード", "販売日", "数量", "単価"];

    const found = findColumns("transactions", header, config);

    assert.deepEqual(
      [found.transaction, found.store, found.sku, found.date, found.quantity, found.price, found.line],
      [0, 1, 2, 3, 4, 5, undefined],
    );
  });

  it("prefers the config and names what is missing", () => {
    const mapped = parseIngestConfig(
      { tables: { transactions: { columns: { price: "amount" } } } },
      "config",
    );
    const header = ["store", "sku", "date", "qty", "price", "amount"];

    assert.equal(findColumns("transactions", header, mapped).price, 5);
    assert.throws(
      () => findColumns("transactions", header.slice(0, 5), mapped),
      /no column for "price" \(looked for amount\); the header has store, sku, date, qty, price/,
    );
    assert.throws(() => findColumns("transactions", ["a|b|c"], config), /is the delimiter right\?/);
  });

  it("rejects a config with unknown keys", () => {
    assert.throws(
      () => parseIngestConfig({ tables: { transactions: { columns: { prize: "x" } } } }, "my.json"),
      /my.json: tables.transactions.columns.prize: transaction, line, till, store/,
    );
    assert.throws(() => parseIngestConfig({ maxRejectedShare: 2 }, "my.json"), /my.json: maxRejectedShare/);
    assert.throws(() => parseIngestConfig({ delimitter: "," }, "my.json"), /my.json: config: .*delimitter/);
  });
});
