import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isoDate } from "../../forecasting/calendar/day";
import { runForecastWeek } from "../../scripts/forecast-week";
import { temporaryFolder } from "../runtime/support/temporary-folder";

const HOSTILE = [
  "../../x",
  "a/b",
  "L".repeat(300),
  "+cmd|' /C calc'!A0",
  "<script>alert(1)</script>",
  `it's "quoted"`,
  "+1+1",
  "@SUM(A1)",
];
const FIRST_DAY = 20_635;
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** The first character of every cell of a CSV text. */
function cellStarts(text: string): string[] {
  return [...text.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,\n]*)/gm)].map(
    ([, cell = ""]) => cell.replace(/^"/, "")[0] ?? "",
  );
}

describe("a forecast of stores and items with hostile codes", () => {
  const folder = temporaryFolder();

  it("writes nothing outside its folder, no formula and no markup, and every code as it is", async () => {
    const [room, data] = [folder.path("room"), folder.path("data")];
    [room, data].forEach((path) => mkdirSync(path));
    const lines = Array.from({ length: 60 }, (_, day) =>
      HOSTILE.flatMap((sku, i) =>
        HOSTILE.slice(0, 6).map((store) =>
          [store, sku, isoDate(FIRST_DAY + day), String(1 + ((day + i) % 4)), "120"].map(quoted).join(","),
        ),
      ),
    );
    writeFileSync(`${data}/pos.csv`, ["store,sku,date,quantity,price", ...lines.flat(), ""].join("\n"));

    const { report, ordersFile, reportFile } = await runForecastWeek({
      data,
      out: `${room}/week`,
      quiet: true,
    });

    assert.deepEqual([report.stores, report.skus], [6, HOSTILE.length]);
    const orders = readFileSync(ordersFile, "utf8");
    assert.ok(orders.split("\n").length > 10);
    assert.deepEqual(
      cellStarts(orders).filter((start) => /[=+@\t\r]/.test(start)),
      [],
    );
    assert.ok(orders.includes("../../x") && orders.includes("L".repeat(300)));
    assert.doesNotMatch(readFileSync(reportFile, "utf8"), /<script>alert/);
    assert.deepEqual(readdirSync(room), ["week"]);
    assert.equal(existsSync(folder.path("x")), false);
  });
});
