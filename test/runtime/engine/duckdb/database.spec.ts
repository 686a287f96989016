import assert from "node:assert/strict";
import { Database, quote } from "../../../../runtime/engine/duckdb/database";
import { columnAs } from "../../../../runtime/engine/duckdb/columns";
import { SOURCE_ROWS } from "../../../../runtime/engine/duckdb/source";

describe("Database", () => {
  let database: Database;
  before(async () => {
    database = await Database.open();
  });
  after(() => database.close());

  it("reads every type as an array, NULL as NaN", async () => {
    const batch = await database.columns(`
      SELECT 1::TINYINT AS tiny, 2::SMALLINT AS small, 3::INTEGER AS whole, 4::BIGINT AS big, NULL::FLOAT AS float,
        0.5::DOUBLE AS double, true AS flag, DATE '1970-01-03' AS day, 'ば' AS text`);

    const { columns } = batch;
    assert.deepEqual(columns.tiny, Int8Array.of(1));
    assert.deepEqual(columns.small, Int16Array.of(2));
    assert.deepEqual(columns.whole, Int32Array.of(3));
    assert.deepEqual(columns.big, Float64Array.of(4));
    assert.deepEqual(columns.float, Float32Array.of(NaN));
    assert.deepEqual(columns.double, Float64Array.of(0.5));
    assert.deepEqual(columns.flag, Uint8Array.of(1));
    assert.deepEqual(columns.day, Int32Array.of(2));
    assert.deepEqual(columns.text, ["ば"]);
  });

  it("says which column it cannot read", async () => {
    await assert.rejects(database.columns("SELECT NULL::INTEGER AS units"), /column "units" holds NULL/);
    await assert.rejects(database.columns("SELECT [1] AS list"), /column "list": this type has no array/);
    const batch = await database.columns("SELECT 1::INTEGER AS units");
    assert.throws(
      () => columnAs(batch, "units", Float32Array),
      /column "units" is Int32Array, expected Float32Array/,
    );
    assert.throws(() => columnAs(batch, "sales", Int32Array), /column "sales" is not among units/);
  });

  it("keeps the order of many chunks, whole and streamed", async () => {
    const sql = "SELECT CAST(range AS INTEGER) AS n FROM range(100000)";
    const whole = columnAs(await database.columns(sql), "n", Int32Array);
    let next = 0;
    for await (const batch of database.stream(sql)) {
      const part = columnAs(batch, "n", Int32Array);
      for (let i = 0; i < batch.rowCount; i++) assert.equal(part[i], next++);
    }

    assert.equal(next, 100_000);
    assert.equal(whole.length, 100_000);
    assert.ok(whole.every((value, i) => value === i));
  });

  it("has an array for a result without rows", async () => {
    const batch = await database.columns("SELECT 1::FLOAT AS units WHERE false");

    assert.equal(batch.rowCount, 0);
    assert.deepEqual(batch.columns.units, new Float32Array(0));
  });

  it("scans a source of arrays in order, with missing values and texts", async () => {
    const counts = new Int32Array(SOURCE_ROWS);
    const values = new Float32Array(SOURCE_ROWS);
    const names: string[] = [];
    let delivered = 0;
    database.register({
      name: "numbers",
      columns: [
        { name: "n", type: "INTEGER" },
        { name: "value", type: "FLOAT", nullable: true },
        { name: "name", type: "VARCHAR" },
      ],
      buffers: [counts, values, names],
      next: () => {
        const count = Math.min(SOURCE_ROWS, 5000 - delivered);
        for (let i = 0; i < count; i++) {
          counts[i] = delivered + i;
          values[i] = (delivered + i) % 3 === 0 ? NaN : delivered + i;
          names[i] = `n${delivered + i}`;
        }
        delivered += count;
        return count;
      },
    });

    const rows = await database.rows(`
      SELECT count(*) AS n, count(value) AS present, bool_and(value = n) AS same, bool_and(name = 'n' || n) AS named
      FROM numbers()`);

    assert.deepEqual(rows, [{ n: 5000, present: 3333, same: true, named: true }]);
  });

  it("turns a failing source into a failing statement", async () => {
    database.register({
      name: "broken",
      columns: [{ name: "n", type: "INTEGER" }],
      buffers: [new Int32Array(SOURCE_ROWS)],
      next: () => {
        throw new Error("the source broke");
      },
    });

    await assert.rejects(database.run("CREATE TEMP TABLE t AS FROM broken()"), /the source broke/);
  });

  it("quotes what could end a literal", async () => {
    const [row] = await database.rows<{ text: string }>(`SELECT ${quote("it's; --")} AS text`);

    assert.equal(row?.text, "it's; --");
  });
});
