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
    assert.match(warnings, /1 cancelled line left out, in no figure/);
    reconcile(report);
  });

  it("have one column a numbered day, and a calendar that says which days they are", async () => {
    const calendar = table("date,d", ...days(6).map((day, i) => `${day},d_${i + 1}`));
    const files = { "sales_by_day.csv": table("item_id,d_1,d_2,d_3,d_4,d_5,d_6", "F1,1,0,2,5,3,4") };
    const report = await run({ ...files, "calendar.csv": calendar });

    assert.equal(report.figures.kept.units, 15);
    assert.deepEqual((await daily(report.lake)).slice(2, 4), ["1 F1 2026-03-04 2", "1 F1 2026-03-05 5"]);
    await fails(files, /d_1 to d_6 are numbered days: put the calendar/);
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
