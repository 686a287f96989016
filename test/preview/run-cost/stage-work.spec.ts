import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type RecordedBench, RECORD_FILE } from "../../../preview/run-cost/measured-work";
import { CHAIN_SERIES, workOf } from "../../../preview/run-cost/stage-work";

const read = () => JSON.parse(readFileSync(RECORD_FILE, "utf8")) as RecordedBench[];

/** The record with the CPU seconds of one line changed. */
function changed(
  bench: string,
  after: string,
  what: string,
  change: (seconds: number) => number | undefined,
) {
  return read().map((each) => {
    if (each.name !== bench) return each;
    const from = each.lines.findIndex((line) => line.what === after);
    const at = each.lines.findIndex((line, i) => i > from && line.what.trim() === what);
    assert.ok(at > 0, `${bench}: ${after}: ${what}`);
    const lines = each.lines.map((line, i) =>
      i === at ? { ...line, cpuSeconds: change(line.cpuSeconds!) } : line,
    );
    return { ...each, lines } as RecordedBench;
  });
}

describe("the work of the stages", () => {
  it("of a night is what the night of the whole chain took, state by state", () => {
    const night = read().find(({ name }) => name === "night")!;
    const from = night.lines.findIndex(({ what }) => what === "up to 8 shards");
    const recorded = (state: string) =>
      night.lines.slice(from).find(({ what }) => what.trim() === state)!.cpuSeconds;

    const work = workOf(read());

    assert.ok(night.notes!.join(" ").includes("500 stores x 3000 SKUs"));
    assert.equal(CHAIN_SERIES, 500 * 3000);
    assert.deepEqual(
      [work["model-rows"]!.processorSeconds, work.order!.processorSeconds, work.serving!.processorSeconds],
      [recorded("WriteRows"), recorded("WriteOrders"), recorded("WriteServing")],
    );
  });

  it("follows the record: what was measured anew has another price", () => {
    const before = workOf(read());

    const after = workOf(changed("night", "up to 8 shards", "WriteOrders", (seconds) => 3 * seconds));
    const week = workOf(changed("machines", "weekly", "FitBaseline", (seconds) => 2 * seconds));

    assert.equal(after.order!.processorSeconds, 3 * before.order!.processorSeconds);
    assert.equal(after.serving!.processorSeconds, before.serving!.processorSeconds);
    assert.equal(week.baseline!.processorSeconds, 2 * before.baseline!.processorSeconds);
  });

  it("is scaled to the chain by series, and by rows where the history is read", () => {
    const work = workOf(read());
    const machines = read().find(({ name }) => name === "machines")!;
    const recorded = (state: string) => machines.lines.find(({ what }) => what.trim() === state)!.cpuSeconds!;

    // 50 stores x 3,000 SKUs with 130 days; the chain has ten times the stores and 400 days.
    assert.ok(Math.abs(work.evaluate!.processorSeconds / recorded("EvaluateLive") - 10) < 1e-9);
    assert.ok(
      Math.abs(work.features!.processorSeconds / recorded("BuildFeatures") - (10 * 400) / 130) < 1e-9,
    );
  });

  it("says which benchmark is missing", () => {
    assert.throws(() => workOf(changed("night", "up to 8 shards", "WriteOrders", () => undefined)), {
      message:
        'docs/measured.json lacks the CPU seconds of "night: up to 8 shards: WriteOrders": npm run bench -- night --record measures them',
    });
    assert.throws(() => workOf([]), /lacks the CPU seconds of "night: up to 8 shards: PlanRun"/);
  });
});
