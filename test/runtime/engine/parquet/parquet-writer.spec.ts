import assert from "node:assert/strict";
import fc from "fast-check";
import { Database, quote } from "../../../../runtime/engine/duckdb/database";
import { columnAs } from "../../../../runtime/engine/duckdb/columns";
import { ParquetWriter, type ParquetColumn } from "../../../../runtime/engine/parquet/parquet-writer";
import { temporaryFolder } from "../../support/temporary-folder";

const COLUMNS: ParquetColumn[] = [
  { name: "id", type: "INTEGER" },
  { name: "day", type: "DATE" },
  { name: "value", type: "FLOAT" },
];

describe("ParquetWriter", () => {
  const folder = temporaryFolder();
  let database: Database;
  let files = 0;
  before(async () => {
    database = await Database.open();
  });
  after(() => database.close());

  /** Writes row groups and reads the columns back through DuckDB. */
  async function roundTrip(groups: readonly { ids: number[]; values: number[] }[]) {
    const path = folder.path(`${++files}.parquet`);
    const largest = Math.max(1, ...groups.map(({ ids }) => ids.length));
    const writer = await ParquetWriter.open(path, COLUMNS, largest);
    for (const { ids, values } of groups) {
      const numbers = Int32Array.from(ids);
      await writer.write([numbers, numbers, Float32Array.from(values)], ids.length);
    }
    await writer.close();
    const batch = await database.columns(`FROM read_parquet(${quote(path)})`);
    return {
      ids: Array.from(columnAs(batch, "id", Int32Array)),
      days: Array.from(columnAs(batch, "day", Int32Array)),
      values: Array.from(columnAs(batch, "value", Float32Array)),
    };
  }

  async function assertReadsBack(groups: readonly { ids: number[]; values: number[] }[]): Promise<void> {
    const read = await roundTrip(groups);
    const ids = groups.flatMap((group) => group.ids);

    assert.deepEqual(read.ids, ids);
    assert.deepEqual(read.days, ids);
    assert.deepEqual(
      read.values,
      groups.flatMap((group) => group.values.map(Math.fround)),
    );
  }

  it("reads back runs, mixtures and missing values, whatever their lengths", async () => {
    const run = fc.record({
      value: fc.constantFrom(0, -0, 1, 2.5, -7, NaN, 1e-40, 3e38),
      length: fc.integer({ min: 1, max: 40 }),
    });
    const group = fc.array(run, { minLength: 1, maxLength: 30 }).map((runs) => {
      const values = runs.flatMap(({ value, length }) => Array.from({ length }, () => value));
      return { ids: values.map((_, i) => (i * i) % 97), values };
    });

    await fc.assert(
      fc.asyncProperty(fc.array(group, { minLength: 1, maxLength: 3 }), (groups) => assertReadsBack(groups)),
      { numRuns: 60 },
    );
  });

  it("packs dictionaries of every width", async () => {
    for (const distinct of [1, 2, 3, 5, 17, 200, 257, 5000, 16_384]) {
      const ids = Array.from({ length: 20_000 }, (_, i) => (i * 7919) % distinct);
      await assertReadsBack([{ ids, values: ids.map((id) => id / 7) }]);
    }
  });

  it("writes plainly what repeats too little", async () => {
    const ids = Array.from({ length: 40_000 }, (_, i) => Math.imul(i, 2654435761) | 0);
    await assertReadsBack([
      { ids: ids.map((id) => id % 1_000_000), values: ids.map((id, i) => (i % 50 ? id / 3 : NaN)) },
    ]);
  });

  it("writes groups of nothing but missing values, and files of no groups", async () => {
    await assertReadsBack([{ ids: [1, 2, 3], values: [NaN, NaN, NaN] }]);
    await assertReadsBack([]);
  });

  it("declares types and NULLs as the features do", async () => {
    await roundTrip([{ ids: [1], values: [NaN] }]);
    const rows = await database.rows<{ column_name: string; column_type: string; null: string }>(
      `DESCRIBE FROM read_parquet(${quote(folder.path(`${files}.parquet`))})`,
    );

    assert.deepEqual(
      rows.map((row) => [row.column_name, row.column_type]),
      [
        ["id", "INTEGER"],
        ["day", "DATE"],
        ["value", "FLOAT"],
      ],
    );
  });
});
