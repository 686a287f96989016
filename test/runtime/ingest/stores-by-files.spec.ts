import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { CONFIG_FILE } from "../../../runtime/ingest/config-file";
import { ingest } from "../../../runtime/ingest/ingest";
import { storeInName } from "../../../runtime/ingest/stores-by-files";
import { ingestRuns, TODAY } from "../support/ingest-runs";

const sales = (...rows: string[]) => ["date,item,qty", ...rows, ""].join("\n");
const MILL = sales("2026-11-19,Rye,3", "2026-11-20,Rye,4", "2026-11-20,Bun,1");
const LAKE = sales("2026-11-19,Rye,5", "2026-11-20,Bun,6");
const said = ({ warnings }: { readonly warnings: readonly string[] }) => warnings.join("\n");

describe("files without a store column", () => {
  const { folder, run, daily } = ingestRuns();

  it("are a store each where their days and items are the same, which is said", async () => {
    const report = await run({ "sales_millgate.csv": MILL, "sales_lakeside.csv": LAKE });

    assert.deepEqual(await daily(report.lake), [
      "lakeside Bun 2026-11-20 6",
      "lakeside Rye 2026-11-19 5",
      "lakeside Rye 2026-11-20 0",
      "millgate Bun 2026-11-20 1",
      "millgate Rye 2026-11-19 3",
      "millgate Rye 2026-11-20 4",
    ]);
    assert.match(
      said(report),
      /each file is a store \(lakeside, millgate\); "stores: one" in the data config/,
    );
  });

  it("keep the receipts of two stores apart that number them alike", async () => {
    const receipts = (...rows: string[]) => ["日付,レシート番号,商品名,数量", ...rows, ""].join("\n");
    const report = await run({
      "売上_北店.csv": receipts("2026/11/19,1,茶,1", "2026/11/20,2,茶,1"),
      "売上_南店.csv": receipts("2026/11/19,1,茶,1", "2026/11/20,2,茶,2"),
    });

    assert.deepEqual(await daily(report.lake), [
      "北店 茶 2026-11-19 1",
      "北店 茶 2026-11-20 1",
      "南店 茶 2026-11-19 1",
      "南店 茶 2026-11-20 2",
    ]);
  });

  it("are no stores where one has the receipts of the other in another order: these count once", async () => {
    const receipts = Array.from({ length: 20 }, (_, i) => [
      `2026-11-${String(1 + i).padStart(2, "0")},${i},Rye,1`,
      `2026-11-${String(1 + i).padStart(2, "0")},${i},Bun,2`,
    ]);
    const file = (lines: readonly string[]) => ["date,receipt,item,qty", ...lines, ""].join("\n");

    const report = await run({
      "millgate.csv": file(receipts.flat()),
      "lakeside.csv": file(receipts.flatMap((lines) => lines.toReversed())),
    });

    assert.equal(report.figures.kept.units, 60);
    assert.equal(report.mergedCount, 40);
    assert.doesNotMatch(said(report), /each file is a store/);
  });

  it("are one store's where they are of other days or other items", async () => {
    const months = await run({
      "october.csv": sales("2026-10-30,Rye,3", "2026-10-31,Rye,4"),
      "november.csv": sales("2026-11-01,Rye,2"),
    });
    const departments = await run({
      "bread.csv": sales("2026-11-19,Rye,3", "2026-11-20,Rye,4"),
      "drinks.csv": sales("2026-11-19,Tea,5", "2026-11-20,Tea,6"),
    });

    for (const report of [months, departments]) {
      assert.ok((await daily(report.lake)).every((line) => line.startsWith("1 ")));
      assert.doesNotMatch(said(report), /stores: /);
    }
  });

  it("are added up, and the setting is named, where their names may be parts of one store", async () => {
    for (const names of [
      ["till-1.csv", "till-2.csv"],
      ["eat-in.csv", "takeout.csv"],
      ["2026-11a.csv", "2026-11-returns.csv"],
    ]) {
      const report = await run({ [names[0]!]: MILL, [names[1]!]: LAKE });

      assert.deepEqual(await daily(report.lake), [
        "1 Bun 2026-11-20 7",
        "1 Rye 2026-11-19 8",
        "1 Rye 2026-11-20 4",
      ]);
      assert.match(said(report), /added up as those of one store; "stores: files" in the data config/);
    }
  });

  it("are what the data config says", async () => {
    const files = { "millgate.csv": MILL, "lakeside.csv": LAKE };
    const one = await run({ ...files, [CONFIG_FILE]: "stores: one\n" });
    const each = await run({ "till-1.csv": MILL, "till-2.csv": LAKE, [CONFIG_FILE]: "stores: files\n" });

    assert.equal((await daily(one.lake)).length, 3);
    assert.deepEqual(
      new Set((await daily(each.lake)).map((line) => line.split(" ")[0])),
      new Set(["till-1", "till-2"]),
    );
    assert.doesNotMatch(said(one), /stores: /);
  });

  it("of a later day belong to the stores that the lake has by then", async () => {
    const write = async (name: string, files: Readonly<Record<string, string>>) => {
      const path = folder.path(name);
      await mkdir(path);
      for (const [file, text] of Object.entries(files)) await writeFile(`${path}/${file}`, text);
      return path;
    };
    const lake = folder.path("added");
    const first = { "millgate_20261120.csv": MILL, "lakeside_20261120.csv": LAKE };
    await ingest({ input: await write("first", first), lake, today: TODAY, keepsLines: true });
    const input = await write("second", { "millgate_20261121.csv": sales("2026-11-21,Rye,9") });
    await ingest({ input, lake, today: TODAY, mode: "add" });

    assert.ok((await daily(lake)).includes("millgate Rye 2026-11-21 9"));
  });
});

describe("storeInName", () => {
  it("leaves out what a file holds and when", () => {
    const names = {
      "Sales_Millgate_2026-11.csv.gz": "Millgate",
      "pos_20261120.csv": "",
      "売上実績_新宿店_2026年11月.csv": "新宿店",
      "January.csv": "",
      "store_12_jan.csv": "store_12",
      "店舗３.csv": "店舗3",
    };

    assert.deepEqual(Object.keys(names).map(storeInName), Object.values(names));
  });
});
