import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { measuredPage, readmeTable, README_MARKS, withTable, type Recorded } from "../../bench/measured";
import { PAGE_FILE, readRecords } from "../../bench/record";

const README = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");

const RECORD: Recorded = {
  name: "plan",
  on: "2026-11-25",
  machine: "2 cores",
  lines: [{ what: "cold | warm", seconds: 1.234, cpuSeconds: 2, rate: 12_345.6, rateUnit: "rows/s" }],
  ratios: [{ name: "ours / peer", value: 0.5, target: "<= 1" }],
  notes: ["a note"],
  claims: [{ what: "A plan", ours: "1.2 s", peer: "the peer: 2.4 s", ratio: 0.5 }],
};

describe("the record of measurements", () => {
  it("is what the README shows: every figure of its table comes from a full run", () => {
    const records = readRecords();
    assert.ok(records.some(({ claims }) => claims && claims.length > 0));
    assert.equal(withTable(README, readmeTable(records)), README);
  });

  it("is what its page shows", () => {
    assert.equal(readFileSync(PAGE_FILE, "utf8"), measuredPage(readRecords()));
  });

  it("makes a row of a claim, with the ratio to the peer", () => {
    assert.match(readmeTable([RECORD]), /\| A plan +\| 1\.2 s +\| the peer: 2\.4 s +\| 0\.50 +\|$/);
  });

  it("makes a line of a page, with a bar in a name escaped", () => {
    assert.match(measuredPage([RECORD]), /\| cold \\\| warm +\| 1\.23 +\| 2\.00 +\| 12,346 rows\/s +\|/);
  });

  it("refuses a README without the place for the table, by name", () => {
    assert.throws(() => withTable("# Nothing", "| a |"), {
      message: `README.md has no section between "${README_MARKS.begin}" and "${README_MARKS.end}"`,
    });
  });
});
