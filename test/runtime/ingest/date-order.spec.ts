import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { isoDate } from "../../../forecasting/calendar/day";
import { CONFIG_FILE } from "../../../runtime/ingest/config-file";
import { initConfig } from "../../../runtime/ingest/suggest-config";
import { ingestRuns, TODAY } from "../support/ingest-runs";

type Order = "dmy" | "mdy";
const FIRST_DAY = 20_697; // 2026-09-01

const written = (iso: string, order: Order): string => {
  const [year = "", month = "", day = ""] = iso.split("-");
  return (order === "dmy" ? [day, month, year] : [month, day, year]).join("/");
};

const sold = (store: string, i: number) => i + store.length;

/** A line a day, its number in what was sold, so that a misread day shows. */
function till(store: string, order: Order, days: readonly number[]): string {
  const rows = days.map((i) => `${written(isoDate(FIRST_DAY + i), order)},${store},Soup,${sold(store, i)}`);
  return `${["date,store,item,qty", ...rows].join("\n")}\n`;
}

const MONTH_AND_HALF = Array.from({ length: 45 }, (_, i) => i);

describe("dates of digits alone", () => {
  const { folder, run, daily } = ingestRuns();

  const expected = (store: string, days: readonly number[]) =>
    days.map((i) => `${store} Soup ${isoDate(FIRST_DAY + i)} ${sold(store, i)}`);

  it("are read in each file's own order where two tills write them otherwise, which is said", async () => {
    const report = await run({
      "sales_east.csv": till("East", "dmy", MONTH_AND_HALF),
      "sales_west.csv": till("Western", "mdy", MONTH_AND_HALF),
    });

    assert.equal(report.rejectedCount, 0);
    assert.deepEqual(await daily(report.lake), [
      ...expected("East", MONTH_AND_HALF),
      ...expected("Western", MONTH_AND_HALF),
    ]);
    assert.match(
      report.warnings.join("\n"),
      /sales_west\.csv: dates are read month first, as its own lines show; other files write them otherwise/,
    );
  });

  it("are those of the other files where a file shows no order of its own", async () => {
    const early = MONTH_AND_HALF.slice(0, 12);

    const report = await run({
      "sales_east.csv": till("East", "dmy", MONTH_AND_HALF),
      "sales_west.csv": till("Western", "dmy", early),
    });

    const west = (await daily(report.lake)).filter(
      (line) => line.startsWith("Western") && !/ 0( closed)?$/.test(line),
    );
    assert.deepEqual(west, expected("Western", early));
    assert.doesNotMatch(report.warnings.join("\n"), /dates are read/);
  });

  it("are not turned round in a whole file by one wrong date", async () => {
    const early = MONTH_AND_HALF.slice(0, 12);
    const west = `${till("Western", "mdy", early)}31/10/2026,Western,Soup,9\n`;

    const report = await run({
      "sales_east.csv": till("East", "mdy", MONTH_AND_HALF),
      "sales_west.csv": west,
    });

    assert.equal(report.rejectedCount, 1);
    const found = (await daily(report.lake)).filter(
      (line) => line.startsWith("Western") && !/ 0( closed)?$/.test(line),
    );
    assert.deepEqual(found, expected("Western", early));
  });

  it("are left to the files in a suggested config where these differ", async () => {
    const input = folder.path("suggested");
    await mkdir(input);
    await writeFile(`${input}/sales_east.csv`, till("East", "dmy", MONTH_AND_HALF));
    await writeFile(`${input}/sales_west.csv`, till("Western", "mdy", MONTH_AND_HALF));

    await initConfig(input, TODAY);

    assert.match(await readFile(`${input}/${CONFIG_FILE}`, "utf8"), /^dateOrder: auto$/m);
  });
});
