import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { lakePaths } from "../../../contracts/lake-layout";
import { generateFiles } from "../../../runtime/generate/generate-files";
import { ingest } from "../../../runtime/ingest/ingest";
import { Database, quote } from "../../../runtime/engine/duckdb/database";
import { TODAY, quarantined, reconcile } from "../support/ingest-runs";
import { temporaryFolder } from "../support/temporary-folder";

describe("generateFiles", () => {
  const folder = temporaryFolder();
  let database: Database;
  before(async () => (database = await Database.open()));
  after(() => database.close());

  const made = async (name: string, options: Partial<Parameters<typeof generateFiles>[0]>) => {
    const [input, lake] = [folder.path(name), folder.path(`${name}-lake`)];
    const written = await generateFiles({ stores: 3, skus: 30, days: 120, seed: 11, out: input, ...options });
    return { written, input, lake, report: await ingest({ input, lake, today: TODAY }) };
  };
  const cells = (lake: string) =>
    database.rows(
      `SELECT store_id, sku_id, day, units FROM ${quote(lakePaths.daily(lake))} WHERE units <> 0 ORDER BY ALL`,
    );

  it("writes till faults of which an ingest names each and loses no unit of the clean twin", async () => {
    const clean = await made("clean", {});
    const faulty = await made("faulty", { tillFaults: true });
    const { written, report } = faulty;

    assert.equal(report.figures.kept.units, written.unitCount);
    assert.equal(clean.report.figures.kept.units, written.unitCount);
    assert.deepEqual(await cells(faulty.lake), await cells(clean.lake));
    assert.deepEqual(
      [report.readCount, report.mergedCount, report.rejectedCount],
      [written.lineCount, written.repeatedCount, written.damagedCount],
    );
    assert.ok(written.returnCount > 0 && report.returnCount >= written.returnCount);
    assert.ok(written.fullWidthCount > 50);
    reconcile(report);
    const { unknownCode, impossibleDate, unsetClock } = written.damagedBy;
    assert.ok(unknownCode > 0 && impossibleDate > 0 && unsetClock > 0);
    assert.deepEqual(report.rejectedByReason, {
      "a date far from all others": unsetClock,
      "not a date": impossibleDate,
      "unknown SKU": unknownCode,
    });
    const named = quarantined(report).join("\n");
    assert.match(named, /pos_S0001_resent.csv,\d+,not a date: 2026-02-30/);
    assert.match(named, /unknown SKU: 4999999999999/);
    assert.match(named, /a date far from all others: 2000-01-01/);
    assert.match(
      report.warnings.join("\n"),
      new RegExp(`${written.repeatedCount.toLocaleString("en")} lines had been sent before and count once`),
    );
    assert.match(readFileSync(`${faulty.input}/pos_S0001_resent.csv`, "utf16le"), /^\ufefftransaction,/);
  });

  it("writes two years, every unit of which comes back", async () => {
    const { written, report } = await made("years", { stores: 1, skus: 3, days: 730, unsteady: true });

    assert.deepEqual([report.summary.firstDay, report.summary.cutoff], ["2024-11-23", "2026-11-22"]);
    assert.equal(report.figures.kept.units, written.unitCount);
  });
});
