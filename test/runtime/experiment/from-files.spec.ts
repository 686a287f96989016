import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelPointer } from "../../../contracts/parameters";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import { TrafficFiles } from "../../../runtime/endpoints/local/traffic-files";
import { compareNights } from "../../../runtime/experiment/compare-nights";
import { parseComparison } from "../../../runtime/experiment/comparison-file";
import { evaluateExperiment } from "../../../runtime/experiment/evaluate-experiment";
import type { EvaluatorPorts } from "../../../runtime/experiment/evaluator-ports";
import { JournalFolder } from "../../../runtime/experiment/local/journal-folder";
import { NO_CONTAINERS } from "../../../runtime/endpoints/warm-up";
import { ServedFolders } from "../../../runtime/models/local/served-folders";
import { ModelStore } from "../../../runtime/models/model-store";
import { CHALLENGER, CHAMPION, inPhase } from "../../forecasting/experiment/support";
import { temporaryFolder } from "../support/temporary-folder";
import { FIRST_DAY, makeLake, makeNight } from "./support";

const STORES = 24;
const SETTINGS = { environment: "local", endpointName: "local", latencyP99Milliseconds: 500, by: "tests" };
const units = "20 + hash(s * 1000 + k * 100 + t) % 9";

describe("an experiment on files", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  /** A lake, the nights of both models and an experiment in AB since the first of September. */
  async function world(name: string, challenger: string, nights: number) {
    const at = (path: string) => folder.path(`${name}/${path}`);
    const models = new ModelStore(at("models"));
    mkdirSync(at("models/drinks"), { recursive: true });
    for (const version of [CHAMPION, CHALLENGER]) writeFileSync(at(`models/drinks/${version}.tar.gz`), "");
    await models.point("champion", "drinks", CHAMPION);
    await models.point("challenger", "drinks", CHALLENGER);
    const journal = new JournalFolder(at("experiments"));
    const state = inPhase("AB", { startedAt: `${FIRST_DAY}T00:00:00Z` });
    const start = { category: "drinks", revision: 1, at: `${FIRST_DAY}T00:00:00Z`, by: "tests", action: "start", reasons: [], evidence: {}, state } as const; // prettier-ignore
    await journal.append(start);
    for (let t = 0; t < nights; t++) {
      await makeNight(at(`nights/${t}`), t, STORES, {
        champion: `${units} + 5 - hash(s + 7 * t + k) % 3`,
        challenger,
      });
    }
    const evaluate = async (days: number) => {
      await makeLake(at(`lake-${days}`), { stores: STORES, days, units });
      await compareNights({ lake: at(`lake-${days}`), nights: [at("nights")], out: at("comparison") });
      const path = at("comparison/comparison.json");
      const ports: EvaluatorPorts = {
        journal,
        traffic: new TrafficFiles(at("experiments/endpoint.json"), models),
        models: new ServedFolders({ champion: at("models"), challenger: at("models") }),
        warmer: NO_CONTAINERS,
        readComparison: () => Promise.resolve(parseComparison(readFileSync(path, "utf8"), path)),
        readWindows: () => Promise.resolve([]),
        readAlarms: () => Promise.resolve([]),
        announce: () => Promise.resolve(),
        now: () => Date.parse(`${isoDate(dayNumber(FIRST_DAY) + days)}T03:00:00Z`),
        sleep: () => Promise.resolve(),
      };
      const result = await evaluateExperiment("drinks", ports, SETTINGS);
      const { experiment } = (await journal.latest("drinks"))!.state;
      return {
        ...result,
        experiment: experiment!,
        weights: readFileSync(at("experiments/endpoint.json"), "utf8"),
      };
    };
    return { evaluate, models, journal };
  }

  it("promotes a better model at the end of two whole weeks, and not on the evening before", async () => {
    const { evaluate, journal } = await world("better", `${units} + 4 - hash(s + 5 * t + k) % 3`, 14);

    // The night of day 0 forecasts for the orders of day 2: fourteen compared days end with day 15.
    const before = await evaluate(15);
    assert.equal(before.experiment.phase, "AB");
    const after = await evaluate(16);

    assert.equal(after.experiment.phase, "PROMOTING");
    assert.match(after.weights, /"champion":50,"challenger":50/);
    const night = after.written[0]!.evidence.night as { weekly: { days: number; upper: number } };
    assert.equal(night.weekly.days, 14);
    assert.ok(night.weekly.upper < 0);
    const history = await journal.history("drinks", 10);
    assert.deepEqual(
      history.map(({ state }) => state.experiment!.phase),
      // The half of the stores is served, and nobody has seen yet how: it waits for windows.
      ["PROMOTING", "PROMOTING", "DECIDE", "AB", "AB"],
    );
  });

  it("rolls a worse one back after a week, with the pointers", async () => {
    const { evaluate, models } = await world("worse", `${units} + 8 - hash(s + 5 * t + k) % 3`, 7);

    assert.equal((await evaluate(8)).experiment.phase, "AB");
    const { experiment, written } = await evaluate(9);

    assert.equal(experiment.phase, "ROLLED_BACK");
    assert.match(written[0]!.reasons.join(), /error \d+\.\d % higher after 7 days/);
    assert.equal(await models.current("challenger", "drinks"), CHAMPION);
    const traffic = new TrafficFiles(join(folder.path("worse"), "none.json"), models);
    assert.equal(await traffic.readPointer(modelPointer("local", "champion", "drinks")), CHAMPION);
    await assert.rejects(
      traffic.readPointer("/smartretail/local/models/champion/tea"),
      /is no pointer to a model/,
    );
  });
});
