import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isWorkName } from "../../runtime/engine/files/work-names";
import { temporaryFolder } from "../runtime/support/temporary-folder";
import { endOf, figuresOf, runWeekProcess, startWeek, TINY } from "./support/week-process";

/** FORECAST_KILLS takes more of them; the workflow `random-seeds` kills a hundred times every night. */
const KILLS = Number(process.env["FORECAST_KILLS"] ?? 10);
/** A fixed sequence that spreads ever more evenly: a failure can be repeated. */
const moments = (span: number) =>
  Array.from({ length: KILLS }, (_, i) => Math.round(((i * 0.618_033_988_75) % 1) * span));

describe("a forecast that is killed", function () {
  this.timeout(60_000 + KILLS * 20_000);
  const folder = temporaryFolder();

  it(`${KILLS} times at any moment, loses no result and gives the same figures in the end`, async () => {
    const [room, reference] = [folder.path("room"), folder.path("reference")];
    mkdirSync(room);
    writeFileSync(`${room}/thesis.txt`, "mine");
    const started = performance.now();
    assert.equal((await runWeekProcess([...TINY, "--out", reference])).code, 0);
    const span = performance.now() - started;
    const expected = figuresOf(reference);
    assert.ok(Object.keys(expected).length >= 4, Object.keys(expected).join());

    let wholeResults = 0;
    for (const moment of moments(span)) {
      const child = startWeek([...TINY, "--out", `${room}/week`]);
      const end = endOf(child);
      await sleep(moment);
      child.kill("SIGKILL");
      await end;
      assert.equal(readFileSync(`${room}/thesis.txt`, "utf8"), "mine");
      const names = readdirSync(room).filter((name) => !isWorkName(name) && name !== "thesis.txt");
      assert.ok(
        names.every((name) => name.startsWith("week")),
        names.join(),
      );
      if (names.includes("week")) {
        wholeResults += 1;
        assert.deepEqual(figuresOf(`${room}/week`), expected);
      }
    }
    console.log(`      ${wholeResults} of ${KILLS} kills left a whole result of an earlier run in place`);

    const last = await runWeekProcess([...TINY, "--out", `${room}/week`]);
    assert.equal(last.code, 0, last.error);
    assert.deepEqual(figuresOf(`${room}/week`), expected);
    assert.deepEqual(readdirSync(room).filter(isWorkName), []);
    assert.equal(readFileSync(`${room}/thesis.txt`, "utf8"), "mine");
  });
});
