import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { METRIC_NAMESPACE, METRICS } from "../../../contracts/metrics";
import { evaluateAll, textOf } from "../../../runtime/entry/release-function";
import type { EvaluatorPorts } from "../../../runtime/experiment/evaluator-ports";
import type { ExperimentJournal, JournalEntry } from "../../../runtime/experiment/journal";
import { experimentMetrics } from "../../../runtime/experiment/metric-lines";
import { CHAMPION, inPhase, night } from "../../forecasting/experiment/support";

const SETTINGS = { environment: "prod", endpointName: "e", latencyP99Milliseconds: 400, by: "tests" };
const unused = () => Promise.reject(new Error("not asked"));

/** Without an experiment nothing but the journal and the pointers is asked; these name one version. */
const portsOf = (journal: ExperimentJournal): EvaluatorPorts => ({
  journal,
  traffic: {
    describe: unused,
    updateWeights: unused,
    readPointer: () => Promise.resolve(CHAMPION),
    setPointer: unused,
  },
  models: { provide: unused },
  warmer: { warm: unused },
  readComparison: unused,
  readWindows: unused,
  readAlarms: unused,
  announce: unused,
  now: () => 0,
  sleep: unused,
});

describe("release function", () => {
  it("publishes where an experiment stands under the names, units and dimensions of the contract", () => {
    const { experiment } = inPhase("AB", { eValue: 31 });

    const line = experimentMetrics(
      { environment: "prod", category: "drinks", at: 1_790_000_000_000, decisions: 2 },
      experiment!,
      night(14, -0.5, 0.25),
    );

    const { CloudWatchMetrics, Timestamp } = line._aws as {
      Timestamp: number;
      CloudWatchMetrics: {
        Namespace: string;
        Dimensions: string[][];
        Metrics: { Name: string; Unit: string }[];
      }[];
    };
    assert.equal(Timestamp, 1_790_000_000_000);
    assert.equal(CloudWatchMetrics[0]!.Namespace, METRIC_NAMESPACE);
    assert.deepEqual(CloudWatchMetrics[0]!.Dimensions, [["Environment", "Category"]]);
    for (const { Name, Unit } of CloudWatchMetrics[0]!.Metrics) {
      assert.equal(Unit, METRICS[Name as keyof typeof METRICS].unit);
      assert.equal(typeof line[Name], "number");
    }
    assert.deepEqual([line.Environment, line.Category], ["prod", "drinks"]);
    assert.deepEqual(
      [
        line.ExperimentChange,
        line.ExperimentUpper,
        line.ExperimentEvidence,
        line.ChallengerShare,
        line.ExperimentDays,
        line.ExperimentDecisions,
      ],
      [-50, -25, 31, 10, 14, 2],
    );
    const early = experimentMetrics(
      { environment: "prod", category: "drinks", at: 0, decisions: 0 },
      experiment!,
      undefined,
    );
    assert.ok(!("ExperimentChange" in early));
  });

  it("says in the first line what has to be done, and why after it", () => {
    const text = textOf({
      category: "confectionery",
      experimentId: "confectionery-20260920-bbbbbbbb-20261001",
      from: "AB",
      to: "ROLLING_BACK",
      action: "rollback",
      reasons: ["error 5.0 % higher"],
      isPaging: true,
    });
    assert.equal(
      text,
      "ACTION SmartRetail confectionery: AB to ROLLING_BACK (rollback, experiment confectionery-20260920-bbbbbbbb-20261001)\n- error 5.0 % higher",
    );
  });

  it("looks at every category although one fails, and fails in the end", async () => {
    const lines: Record<string, unknown>[] = [];
    const journal = {
      latest: () => Promise.resolve(undefined),
      append: () => Promise.resolve(true),
      history: (category: string): Promise<JournalEntry[]> =>
        category === "food" ? Promise.reject(new Error("throttled")) : Promise.resolve([]),
    };
    await assert.rejects(
      evaluateAll({ ports: portsOf(journal), settings: SETTINGS }, (line) =>
        lines.push(line as Record<string, unknown>),
      ),
      /^Error: food: throttled$/,
    );
    assert.deepEqual(
      lines
        .filter(({ event }) => event === "experiment")
        .map(({ category }) => String(category))
        .sort(),
      ["confectionery", "daily", "drinks"],
    );
    assert.deepEqual(
      lines.filter(({ event }) => event === "error").map(({ message }) => message),
      ["food: throttled"],
    );
  });

  it("looks at the others while one category takes long", async () => {
    const seen: string[] = [];
    const slow = new EventEmitter();
    const othersSeen = once(slow, "others seen");
    const journal = {
      latest: () => Promise.resolve(undefined),
      append: () => Promise.resolve(true),
      history: async (category: string): Promise<JournalEntry[]> => {
        if (category === "drinks") await othersSeen;
        seen.push(category);
        if (seen.length === 3) slow.emit("others seen");
        return [];
      },
    };
    await evaluateAll({ ports: portsOf(journal), settings: SETTINGS }, () => {});

    assert.equal(seen.at(-1), "drinks");
  });
});
