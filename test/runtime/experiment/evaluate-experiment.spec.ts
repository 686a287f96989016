import assert from "node:assert/strict";
import type { Category } from "../../../contracts/categories";
import { modelPointer } from "../../../contracts/parameters";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import type { Comparison } from "../../../forecasting/experiment/comparison";
import { COMPARISON_SUMS } from "../../../forecasting/experiment/comparison";
import type { CategoryState } from "../../../forecasting/experiment/experiment";
import type { AlarmSignal, OperatorRequest } from "../../../forecasting/experiment/evidence";
import { DEFAULT_ERROR_WORLD, simulateErrors } from "../../../forecasting/experiment/simulated-errors";
import { randomFor } from "../../../forecasting/generator/random";
import { LocalSageMaker } from "../../../runtime/endpoints/local/sagemaker";
import type { ModelWarmer } from "../../../runtime/endpoints/warm-up";
import type { NightComparison } from "../../../runtime/experiment/comparison-file";
import { evaluateExperiment } from "../../../runtime/experiment/evaluate-experiment";
import type { Announcement, EvaluatorPorts } from "../../../runtime/experiment/evaluator-ports";
import {
  type ExperimentJournal,
  type JournalEntry,
  JournalSplits,
} from "../../../runtime/experiment/journal";
import { ServedModelError, type ServedModels } from "../../../runtime/models/served-models";
import { CHALLENGER, CHAMPION, inPhase } from "../../forecasting/experiment/support";

const ENDPOINT = "smartretail-prod-forecast";
const SETTINGS = {
  environment: "prod",
  endpointName: ENDPOINT,
  latencyP99Milliseconds: 500,
  by: "evaluator",
};
const MORNING = Date.parse("2026-10-16T06:00:00Z");

class MemoryJournal implements ExperimentJournal {
  readonly entries: JournalEntry[] = [];
  latest(category: Category): Promise<JournalEntry | undefined> {
    return Promise.resolve(this.entries.findLast((entry) => entry.category === category));
  }
  append(entry: JournalEntry): Promise<boolean> {
    const isTaken = this.entries.some(
      (each) => each.category === entry.category && each.revision >= entry.revision,
    );
    if (!isTaken) this.entries.push(JSON.parse(JSON.stringify(entry)) as JournalEntry);
    return Promise.resolve(!isTaken);
  }
  history(): Promise<JournalEntry[]> {
    return Promise.resolve([...this.entries].reverse());
  }
}

/** `<variant>/<category>/<version>` of every archive. */
class ServedInMemory implements ServedModels {
  readonly archives = new Set<string>();
  /** Set while nothing can be looked at. */
  failure: string | undefined;
  provide(...[variant, category, version]: Parameters<ServedModels["provide"]>): Promise<"kept" | "copied"> {
    if (this.failure !== undefined) return Promise.reject(new ServedModelError(this.failure));
    const keys = ["champion", "challenger"].map((each) => `${each}/${category}/${version}`);
    const own = `${variant}/${category}/${version}`;
    if (this.archives.has(own)) return Promise.resolve("kept");
    if (!keys.some((key) => this.archives.has(key)))
      return Promise.reject(new ServedModelError(`no archive of ${version}`));
    this.archives.add(own);
    return Promise.resolve("copied");
  }
}

/** Loads every model at once, until it is told otherwise. */
class WarmedInMemory implements ModelWarmer {
  readonly warmed: string[] = [];
  failure: string | undefined;
  warm(...[variant, category, version]: Parameters<ModelWarmer["warm"]>): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(new Error(this.failure));
    return Promise.resolve(void this.warmed.push(`${variant}/${category}/${version}`));
  }
}

/** A live endpoint with a simulated clock; `at` moves when somebody sleeps. */
function world(...states: readonly CategoryState[]) {
  const journal = new MemoryJournal();
  for (const state of states) {
    journal.entries.push({
      category: state.category,
      revision: 1,
      at: "2026-10-01T00:00:00Z",
      by: "tests",
      action: "start",
      reasons: [],
      evidence: {},
      state,
    });
  }
  const cloud = new LocalSageMaker();
  cloud.createModel("model", "s3://models/mme/champion/");
  const variants = (["champion", "challenger"] as const).map((name) => ({
    name,
    modelName: "model",
    initialWeight: name === "champion" ? 90 : 10,
    initialInstanceCount: 1,
    instanceType: "ml.m5.large",
  }));
  for (const configurationName of ["first", "second"]) {
    cloud.createConfiguration({ configurationName, variants, captureSamplingPercent: 0 });
  }
  cloud.createEndpoint(ENDPOINT, "first");
  for (const category of ["drinks", "food"]) {
    cloud.putParameter(modelPointer("prod", "champion", category), CHAMPION);
    cloud.putParameter(modelPointer("prod", "challenger", category), CHALLENGER);
  }
  const served = new ServedInMemory();
  for (const category of ["drinks", "food"]) {
    served.archives.add(`champion/${category}/${CHAMPION}`).add(`challenger/${category}/${CHAMPION}`);
    served.archives.add(`challenger/${category}/${CHALLENGER}`);
  }
  const warmer = new WarmedInMemory();
  const clock = { at: MORNING };
  const said: Announcement[] = [];
  const ports: EvaluatorPorts = {
    journal,
    traffic: cloud,
    models: served,
    warmer,
    readComparison: () => Promise.resolve(undefined),
    readWindows: () => Promise.resolve([]),
    readAlarms: () => Promise.resolve([]),
    announce: (announcement) => Promise.resolve(void said.push(announcement)),
    now: () => clock.at,
    sleep: (milliseconds) => Promise.resolve(void (clock.at += milliseconds)),
  };
  const weights = async () => {
    const { variants: live } = await cloud.describe(ENDPOINT);
    return Object.fromEntries(live.map(({ name, weight }) => [name, weight]));
  };
  return { journal, cloud, served, warmer, clock, said, ports, weights };
}

function comparison(days: number, change: number, more: Partial<Comparison> = {}): NightComparison {
  const stores = Array.from({ length: 60 }, (_, s) => `S${s}`);
  const errors = simulateErrors(
    { ...DEFAULT_ERROR_WORLD, storeCount: 60, change },
    randomFor(3, "night").uniform,
  );
  const [a, b] = [stores.map(() => [] as number[]), stores.map(() => [] as number[])];
  const [x, y] = [new Float64Array(60), new Float64Array(60)];
  for (let t = 0; t < days; t++) {
    errors.nextDay(x, y);
    x.forEach((value, s) => a[s]!.push(value));
    y.forEach((value, s) => b[s]!.push(value));
  }
  const first = dayNumber("2026-10-02");
  const zero = a.map((row) => row.map(() => 0));
  const sums = Object.fromEntries(
    COMPARISON_SUMS.map((name) => [name, zero]),
  ) as unknown as Comparison["sums"];
  const cutoff = isoDate(first + days - 1);
  return {
    cutoff,
    batches: {},
    comparisons: [
      {
        category: "drinks",
        championVersion: CHAMPION,
        challengerVersion: CHALLENGER,
        cutoff,
        stores,
        days: Array.from({ length: days }, (_, t) => isoDate(first + t)),
        missingDays: [],
        sums: { ...sums, sales: a.map((row) => row.map((v) => v * 4)), championError: a, challengerError: b },
        cells: { observed: 60 * days, stockedOut: 0, championMissing: 0, challengerMissing: 0 },
        ...more,
      },
    ],
  };
}

const request = (action: OperatorRequest["action"]): OperatorRequest[] => [
  { id: "r1", action, by: "Sato", reason: "because", isForced: false },
];
const alarm = (isShared = false): AlarmSignal => ({
  id: "a1",
  name: `${ENDPOINT}-challenger-errors`,
  isShared,
});
const at = async ({ journal }: ReturnType<typeof world>, category: Category = "drinks") =>
  (await journal.latest(category))!.state.experiment!;

describe("evaluateExperiment", () => {
  it("goes back within a minute of an alarm: router at once, weights and pointers looked at after", async () => {
    const w = world(inPhase("AB"));
    const ports = { ...w.ports, readAlarms: () => Promise.resolve([alarm()]) };

    const { written } = await evaluateExperiment("drinks", ports, SETTINGS);

    assert.deepEqual(
      written.map(({ action, state }) => [action, state.experiment!.phase]),
      [
        ["rollback", "ROLLING_BACK"],
        ["advance", "ROLLED_BACK"],
      ],
    );
    assert.ok(w.clock.at - MORNING < 60_000);
    assert.deepEqual(await w.weights(), { champion: 100, challenger: 0 });
    assert.equal(await w.cloud.readPointer(modelPointer("prod", "challenger", "drinks")), CHAMPION);
    assert.equal(await new JournalSplits(w.journal).readSplit("drinks"), undefined);
    assert.match(JSON.stringify(written[1]!.evidence), /has champion 100, challenger 0/);
    assert.deepEqual(w.said.map(({ to, isPaging }) => [to, isPaging]), [["ROLLING_BACK", true], ["ROLLED_BACK", false]]); // prettier-ignore
  });

  it("asks an endpoint that is being updated again until it takes the weights", async () => {
    const w = world(inPhase("AB"));
    let rejected = 0;
    const updating = () =>
      w.cloud.updateEndpoint(ENDPOINT, {
        configurationName: rejected % 2 === 0 ? "second" : "first",
        retainAllVariantProperties: true,
        excludeRetained: [],
      });
    const traffic = {
      describe: (name: string) => w.cloud.describe(name),
      readPointer: (name: string) => w.cloud.readPointer(name),
      setPointer: (name: string, version: string) => w.cloud.setPointer(name, version),
      updateWeights: async (name: string, weights: Record<string, number>) => {
        // Somebody deploys again and again: the endpoint is Updating three times.
        if (rejected < 3 && (await w.cloud.describe(name)).status === "InService") updating();
        await w.cloud.updateWeights(name, weights).catch((error: unknown) => {
          rejected += 1;
          throw error;
        });
      },
    };

    await evaluateExperiment("drinks", { ...w.ports, traffic }, SETTINGS, request("rollback"));

    assert.equal((await at(w)).phase, "ROLLED_BACK");
    assert.equal(rejected, 3);
    assert.ok(w.clock.at > MORNING && w.clock.at - MORNING < 60_000, `${w.clock.at - MORNING} ms`);
    assert.deepEqual(await w.weights(), { champion: 100, challenger: 0 });
  });

  it("has flipped the router when the endpoint stays busy, calls somebody, and ends later what it began", async () => {
    const w = world(inPhase("AB"));
    let isBusy = true;
    const traffic = {
      describe: (name: string) => w.cloud.describe(name),
      readPointer: (name: string) => w.cloud.readPointer(name),
      setPointer: (name: string, version: string) => w.cloud.setPointer(name, version),
      updateWeights: (name: string, weights: Record<string, number>) =>
        isBusy
          ? Promise.reject(new Error("Cannot update in-progress endpoint"))
          : w.cloud.updateWeights(name, weights),
    };

    await evaluateExperiment("drinks", { ...w.ports, traffic }, SETTINGS, request("rollback"));
    assert.equal((await at(w)).phase, "ROLLING_BACK");
    assert.equal(await new JournalSplits(w.journal).readSplit("drinks"), undefined);
    w.clock.at += 60_000;
    await evaluateExperiment("drinks", { ...w.ports, traffic }, SETTINGS);
    assert.ok(
      w.said.some(
        ({ to, isPaging, reasons }) =>
          to === "ROLLING_BACK" && isPaging && /in-progress/.test(reasons.join()),
      ),
    );

    isBusy = false;
    await evaluateExperiment("drinks", { ...w.ports, traffic }, SETTINGS);
    assert.equal((await at(w)).phase, "ROLLED_BACK");
    assert.deepEqual(await w.weights(), { champion: 100, challenger: 0 });
  });

  it("goes back although nothing else can be read and nobody can be called", async () => {
    const w = world(inPhase("AB"));
    const fails = () => Promise.reject(new Error("out of order"));
    const ports = {
      ...w.ports,
      readComparison: fails,
      readWindows: fails,
      announce: fails,
      readAlarms: () => Promise.resolve([alarm()]),
    };

    const { written } = await evaluateExperiment("drinks", ports, SETTINGS);

    assert.equal((await at(w)).phase, "ROLLED_BACK");
    assert.match(JSON.stringify(written[0]!.evidence.unread), /the comparison: out of order/);
  });

  it("pages and stays where both variants suffer", async () => {
    const w = world(inPhase("AB"));
    const ports = { ...w.ports, readAlarms: () => Promise.resolve([alarm(true)]) };
    await evaluateExperiment("drinks", ports, SETTINGS);
    assert.equal((await at(w)).phase, "AB");
    assert.deepEqual(
      w.said.map(({ isPaging }) => isPaging),
      [true],
    );
    assert.deepEqual(await w.weights(), { champion: 90, challenger: 10 });
  });

  it("decides once when several evaluators look at the same time", async () => {
    const w = world(inPhase("AB"));
    const clocks = [0, 90_000, -3_600_000, 86_400_000, 0, 0];
    const night = comparison(14, -0.1);

    await Promise.all(
      clocks.map((skew) =>
        evaluateExperiment(
          "drinks",
          { ...w.ports, now: () => w.clock.at + skew, readComparison: () => Promise.resolve(night) },
          SETTINGS,
        ),
      ),
    );

    const path = w.journal.entries
      .slice(1)
      .map(({ revision, action, state }) => [revision, action, state.experiment!.phase]);
    const steps = path.filter(([, action]) => action === "advance");
    assert.deepEqual(
      steps.map(([, , phase]) => phase),
      ["DECIDE", "PROMOTING"],
    );
    assert.deepEqual(
      path.map(([revision]) => revision),
      path.map((_, i) => i + 2),
    );
    assert.deepEqual(await w.weights(), { champion: 50, challenger: 50 });
  });

  it("acts on a replayed request once, and on nothing that comes after the end", async () => {
    const w = world(inPhase("AB"));
    const ports = { ...w.ports, readComparison: () => Promise.resolve(comparison(10, 0)) };
    await evaluateExperiment("drinks", ports, SETTINGS, request("promote"));
    const count = w.journal.entries.length;
    for (let i = 0; i < 3; i++) await evaluateExperiment("drinks", ports, SETTINGS, request("promote"));
    assert.equal(w.journal.entries.length, count);

    await evaluateExperiment("drinks", ports, SETTINGS, [{ ...request("stop")[0]!, id: "r2" }]);
    const closed = w.journal.entries.length;
    const late = { ...ports, readAlarms: () => Promise.resolve([alarm()]) };
    await evaluateExperiment("drinks", late, SETTINGS, [{ ...request("rollback")[0]!, id: "r3" }]);
    assert.equal(w.journal.entries.length, closed);
    assert.deepEqual(await w.weights(), { champion: 100, challenger: 0 });
  });

  it("takes a night of other versions, or of days before the start, for none", async () => {
    const win = comparison(14, -0.1);
    const other = {
      ...win,
      comparisons: win.comparisons.map((each) => ({ ...each, challengerVersion: "20260801-dddddddd" })),
    };
    const started = inPhase("AB");
    const late = { ...started, experiment: { ...started.experiment!, startedAt: "2026-10-14T00:00:00Z" } };
    for (const [state, night] of [
      [started, other],
      [started, undefined],
      [late, win],
    ] as const) {
      const w = world(state);
      await evaluateExperiment(
        "drinks",
        { ...w.ports, readComparison: () => Promise.resolve(night) },
        SETTINGS,
      );
      assert.equal((await at(w)).phase, "AB");
    }
  });

  it("leaves the other categories' experiments where they are", async () => {
    const food = { ...inPhase("AB"), category: "food" as const };
    const w = world(inPhase("AB"), {
      ...food,
      experiment: { ...food.experiment!, category: "food", id: "food-1" },
    });
    await evaluateExperiment("drinks", w.ports, SETTINGS, request("rollback"));
    assert.equal((await at(w, "food")).phase, "AB");
    assert.equal((await new JournalSplits(w.journal).readSplit("food"))?.challengerShare, 0.1);
    assert.equal(await w.cloud.readPointer(modelPointer("prod", "challenger", "food")), CHALLENGER);
  });

  /** The champion's pointer is the last step that is left. */
  const atTheEnd = () => inPhase("PROMOTING", { share: 1, promotionStep: 3 });
  const championPointer = modelPointer("prod", "champion", "drinks");

  it("copies a promoted archive to where the champion's variant loads it from, before the pointer names it", async () => {
    const w = world(atTheEnd());
    const setAt: boolean[] = [];
    const traffic = {
      describe: (name: string) => w.cloud.describe(name),
      readPointer: (name: string) => w.cloud.readPointer(name),
      updateWeights: (name: string, weights: Record<string, number>) => w.cloud.updateWeights(name, weights),
      setPointer: (name: string, version: string) => {
        if (name === championPointer) setAt.push(w.served.archives.has(`champion/drinks/${CHALLENGER}`));
        return w.cloud.setPointer(name, version);
      },
    };
    const ports = { ...w.ports, traffic, readComparison: () => Promise.resolve(comparison(14, -0.1)) };

    await evaluateExperiment("drinks", ports, SETTINGS);

    assert.deepEqual(setAt, [true]);
    assert.equal((await at(w)).phase, "PROMOTED");
    assert.match(
      JSON.stringify(w.journal.entries.at(-1)!.evidence),
      /archive of drinks 20260920-bbbbbbbb was copied/,
    );
  });

  for (const [what, breaks] of [
    [
      "whose archive is gone",
      (w: ReturnType<typeof world>) => w.served.archives.delete(`challenger/drinks/${CHALLENGER}`),
    ],
    [
      "while nothing can be copied",
      (w: ReturnType<typeof world>) => (w.served.failure = "no archive: throttled"),
    ],
  ] as const) {
    it(`promotes no version ${what}, says why, and does it when that is mended`, async () => {
      const w = world(atTheEnd());
      const ports = { ...w.ports, readComparison: () => Promise.resolve(comparison(14, -0.1)) };
      breaks(w);

      const { outcome } = await evaluateExperiment("drinks", ports, SETTINGS);

      assert.match(outcome.reasons.join(), /champion's pointer: no archive/);
      assert.equal((await at(w)).phase, "PROMOTING");
      assert.equal(await w.cloud.readPointer(championPointer), CHAMPION);
      assert.equal((await new JournalSplits(w.journal).readSplit("drinks"))?.challengerShare, 1);
      w.served.failure = undefined;
      w.served.archives.add(`challenger/drinks/${CHALLENGER}`);
      await evaluateExperiment("drinks", ports, SETTINGS);
      assert.equal((await at(w)).phase, "PROMOTED");
      assert.equal(await w.cloud.readPointer(championPointer), CHALLENGER);
    });
  }

  it("has the container load a promoted model before the pointer names it, and a loaded one never again", async () => {
    const w = world(atTheEnd());
    const warmedBefore: string[][] = [];
    const traffic = {
      describe: (name: string) => w.cloud.describe(name),
      readPointer: (name: string) => w.cloud.readPointer(name),
      updateWeights: (name: string, weights: Record<string, number>) => w.cloud.updateWeights(name, weights),
      setPointer: (name: string, version: string) => {
        warmedBefore.push([...w.warmer.warmed]);
        return w.cloud.setPointer(name, version);
      },
    };
    const ports = { ...w.ports, traffic, readComparison: () => Promise.resolve(comparison(14, -0.1)) };

    await evaluateExperiment("drinks", ports, SETTINGS);
    await evaluateExperiment("drinks", ports, SETTINGS);

    assert.deepEqual(warmedBefore, [[`champion/drinks/${CHALLENGER}`]]);
    assert.deepEqual(w.warmer.warmed, [`champion/drinks/${CHALLENGER}`]);
  });

  it("promotes no version that the container does not answer with, says why, and does it when it answers", async () => {
    const w = world(atTheEnd());
    const ports = { ...w.ports, readComparison: () => Promise.resolve(comparison(14, -0.1)) };
    w.warmer.failure = "warming up drinks: no answer in 10000 ms";

    const { outcome } = await evaluateExperiment("drinks", ports, SETTINGS);

    assert.match(outcome.reasons.join(), /champion's pointer: warming up drinks: no answer in 10000 ms/);
    assert.equal((await at(w)).phase, "PROMOTING");
    assert.equal(await w.cloud.readPointer(championPointer), CHAMPION);
    w.warmer.failure = undefined;
    await evaluateExperiment("drinks", ports, SETTINGS);
    assert.equal((await at(w)).phase, "PROMOTED");
    assert.equal(await w.cloud.readPointer(championPointer), CHALLENGER);
  });

  it("goes back although the old model does not load, with everything set before that is known", async () => {
    const w = world(atTheEnd());
    await w.cloud.setPointer(championPointer, CHALLENGER);
    const seen: (readonly [string, object])[] = [];
    const warmer: ModelWarmer = {
      warm: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        seen.push([await w.cloud.readPointer(championPointer), await w.weights()]);
        throw new Error("cold for ever");
      },
    };
    const ports = { ...w.ports, warmer, readAlarms: () => Promise.resolve([alarm()]) };

    await evaluateExperiment("drinks", ports, SETTINGS);

    // The champion's and the challenger's: both go back.
    assert.deepEqual(seen, Array(2).fill([CHAMPION, { champion: 100, challenger: 0 }]));
    assert.equal((await at(w)).phase, "ROLLED_BACK");
    assert.match(JSON.stringify(w.journal.entries.at(-1)!.evidence), /cold for ever/);
  });

  it("goes back to the champion although no archive can be looked at", async () => {
    const w = world(atTheEnd());
    await w.cloud.setPointer(championPointer, CHALLENGER);
    w.served.failure = "S3 is down";
    const ports = { ...w.ports, readAlarms: () => Promise.resolve([alarm()]) };

    await evaluateExperiment("drinks", ports, SETTINGS);

    assert.equal(await w.cloud.readPointer(championPointer), CHAMPION);
    assert.deepEqual(await w.weights(), { champion: 100, challenger: 0 });
    assert.equal(await new JournalSplits(w.journal).readSplit("drinks"), undefined);
  });

  it("sets a pointer back that was moved under a running experiment, and tells which version it named", async () => {
    const w = world(inPhase("AB"));
    const pointer = modelPointer("prod", "challenger", "drinks");
    await w.cloud.setPointer(pointer, "20261014-cccccccc");
    const ports = { ...w.ports, readComparison: () => Promise.resolve(comparison(15, 0)) };
    const before = w.journal.entries.length;

    await evaluateExperiment("drinks", ports, SETTINGS);
    await evaluateExperiment("drinks", ports, SETTINGS);

    assert.equal(await w.cloud.readPointer(pointer), CHALLENGER);
    assert.equal((await at(w)).phase, "AB");
    const written = w.journal.entries.slice(before);
    assert.equal(written.filter(({ reasons }) => /named 20261014-cccccccc/.test(reasons.join())).length, 1);
    assert.deepEqual(
      w.said.map(({ isPaging, reasons }) => [isPaging, /named 20261014-cccccccc/.test(reasons.join())]),
      [[true, true]],
    );
  });

  const challengerPointer = modelPointer("prod", "challenger", "drinks");
  const stop = (w: ReturnType<typeof world>, traffic: EvaluatorPorts["traffic"]) =>
    evaluateExperiment("drinks", { ...w.ports, traffic }, SETTINGS, request("stop"));
  const trafficOf = (w: ReturnType<typeof world>, more: Partial<EvaluatorPorts["traffic"]>) => ({
    describe: (name: string) => w.cloud.describe(name),
    readPointer: (name: string) => w.cloud.readPointer(name),
    setPointer: (name: string, version: string) => w.cloud.setPointer(name, version),
    updateWeights: (name: string, weights: Record<string, number>) => w.cloud.updateWeights(name, weights),
    ...more,
  });

  it("frees the challenger's variant at a later look where the first try after the end failed, and says so till then", async () => {
    const w = world(inPhase("AB"));
    const fails = () => Promise.reject(new Error("throttled"));

    await stop(w, trafficOf(w, { setPointer: fails, updateWeights: fails }));
    assert.equal((await at(w)).phase, "CLOSED_INCONCLUSIVE");
    assert.equal(await w.cloud.readPointer(challengerPointer), CHALLENGER);
    const { outcome } = await evaluateExperiment(
      "drinks",
      { ...w.ports, traffic: trafficOf(w, { setPointer: fails, updateWeights: fails }) },
      SETTINGS,
    );
    assert.match(outcome.reasons.join(), /the end of drinks-\S+ waits for throttled/);

    await evaluateExperiment("drinks", w.ports, SETTINGS);
    assert.equal(await w.cloud.readPointer(challengerPointer), CHAMPION);
    assert.deepEqual(await w.weights(), { champion: 100, challenger: 0 });
    assert.equal(w.journal.entries.filter(({ action }) => action === "close").length, 1);
  });

  it("leaves a version alone that was approved while the end was being carried out, by any of two evaluators", async () => {
    const w = world(inPhase("AB"));
    const approved = "20261014-cccccccc";
    // Between the decision and its traffic the weekly run moves the pointer.
    const journal: ExperimentJournal = {
      latest: (category) => w.journal.latest(category),
      history: () => w.journal.history(),
      append: async (entry) => {
        const isWritten = await w.journal.append(entry);
        if (isWritten && entry.action === "close") await w.cloud.setPointer(challengerPointer, approved);
        return isWritten;
      },
    };
    const ports = { ...w.ports, journal };

    await Promise.all([1, 2].map(() => evaluateExperiment("drinks", ports, SETTINGS, request("stop"))));
    await evaluateExperiment("drinks", ports, SETTINGS);

    assert.equal(await w.cloud.readPointer(challengerPointer), approved);
    assert.equal(w.journal.entries.filter(({ action }) => action === "close").length, 1);
  });

  it("leaves the weights to the experiment that is live when another one has ended", async () => {
    const other = inPhase("AB", { category: "food", id: "food-x-20261001" });
    const w = world(inPhase("CLOSED_INCONCLUSIVE", { share: 0 }), { ...other, category: "food" });
    await w.cloud.updateWeights(ENDPOINT, { champion: 100, challenger: 0 });

    await evaluateExperiment("drinks", w.ports, SETTINGS);

    assert.deepEqual(await w.weights(), { champion: 100, challenger: 0 });
    assert.equal(await w.cloud.readPointer(challengerPointer), CHAMPION);
  });
});
