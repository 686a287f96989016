import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES } from "../../../contracts/categories";
import { evaluateAll } from "../../../runtime/entry/release-function";
import { evaluateExperiment } from "../../../runtime/experiment/evaluate-experiment";
import { ModelStore } from "../../../runtime/models/model-store";
import { localPlace } from "../../../scripts/ab/places";
import { CHALLENGER, CHAMPION } from "../../forecasting/experiment/support";
import { temporaryFolder } from "../support/temporary-folder";

const NEXT = "20261011-cccccccc";
const TWIN = "20261018-bbbbbbbb";
const DAY = 86_400_000;

describe("an approved version over the local adapters", () => {
  const folder = temporaryFolder();

  /** A week whose models are the champion's; `at` is the clock. */
  async function world(name: string) {
    const week = folder.path(join(name, "week"));
    const models = new ModelStore(join(week, "models"));
    for (const category of CATEGORIES) {
      mkdirSync(join(week, "models", category), { recursive: true });
      for (const version of [CHAMPION, CHALLENGER, NEXT, TWIN])
        writeFileSync(join(week, "models", category, `${version}.tar.gz`), "");
      await models.point("champion", category, CHAMPION);
      await models.point("challenger", category, CHAMPION);
    }
    const clock = { at: Date.parse("2026-10-16T06:00:00Z") };
    const place = localPlace(week);
    const ports = { ...place.ports, now: () => clock.at };
    const settings = { ...place.settings, by: "release control" };
    const lines: Record<string, unknown>[] = [];
    const look = () =>
      evaluateAll({ ports, settings }, (line) => lines.push(line as Record<string, unknown>));
    const ask = (action: "rollback" | "stop") =>
      evaluateExperiment("drinks", { ...ports, announce: () => Promise.resolve() }, settings, [
        { id: `${action} ${clock.at}`, action, by: "Sato", reason: "because", isForced: false },
      ]);
    const refusals = () =>
      lines.flatMap(({ event, reason }) => (event === "experiment-refused" ? [String(reason)] : []));
    return { models, journal: ports.journal, clock, look, ask, refusals };
  }

  it("is compared from the next look on, in its category alone, and once", async () => {
    const { models, journal, look } = await world("approved");
    assert.deepEqual(await look(), { announced: 0, calls: 0, texts: [], failures: [] });
    assert.equal(await journal.latest("drinks"), undefined);

    await models.point("challenger", "drinks", CHALLENGER);
    const [first, second] = await Promise.all([look(), look()]);
    await look();

    const history = (await journal.history("drinks", 10)).reverse();
    assert.deepEqual(
      history.map(({ action, by, state }) => [action, by, state.experiment?.phase]),
      [
        ["start", "release control", "DRAFT"],
        ["advance", "release control", "SHADOW"],
        // Nothing has been compared yet.
        ["hold", "release control", "SHADOW"],
      ],
    );
    const { championVersion, challengerVersion } = history[0]!.state.experiment!;
    assert.deepEqual([championVersion, challengerVersion], [CHAMPION, CHALLENGER]);
    assert.equal(first.announced + second.announced, 1);
    for (const category of ["food", "daily", "confectionery"] as const)
      assert.equal(await journal.latest(category), undefined);
  });

  it("is not compared again by itself after somebody stopped it, nor as the same content under another name", async () => {
    const { models, journal, look, ask, refusals } = await world("stopped");
    await models.point("challenger", "drinks", CHALLENGER);
    await look();
    await ask("stop");
    assert.equal(await models.current("challenger", "drinks"), CHAMPION);

    await look();
    await models.point("challenger", "drinks", TWIN);
    await look();

    assert.equal((await journal.latest("drinks"))?.state.experiment?.phase, "CLOSED_INCONCLUSIVE");
    assert.match(refusals().join(), /20261018-bbbbbbbb was compared in .* without a result: a person has to/);
    await models.point("challenger", "drinks", NEXT);
    await look();
    assert.equal((await journal.latest("drinks"))?.state.experiment?.challengerVersion, NEXT);
  });

  it("waits for a person, or a week, after another one was rolled back", async () => {
    const { models, journal, clock, look, ask, refusals } = await world("rolled back");
    await models.point("challenger", "drinks", CHALLENGER);
    await look();
    await ask("rollback");
    await models.point("challenger", "drinks", NEXT);

    await look();
    assert.match(refusals().join(), /rolled back within 7 days: a person has to start the next one/);
    assert.equal((await journal.latest("drinks"))?.state.experiment?.phase, "ROLLED_BACK");

    clock.at += 8 * DAY;
    await look();
    assert.equal((await journal.latest("drinks"))?.state.experiment?.challengerVersion, NEXT);
  });

  it("says which pointer it cannot read, and looks at the other categories", async () => {
    await world("unreadable");
    const place = localPlace(folder.path(join("unreadable", "week")));
    const settings = { ...place.settings, by: "tests" };
    const readPointer = (name: string) =>
      name.endsWith("food")
        ? Promise.reject(new Error(`pointer ${name} does not exist`))
        : Promise.resolve(CHAMPION);
    const unused = () => Promise.reject(new Error("not asked"));
    const traffic = { describe: unused, updateWeights: unused, setPointer: unused, readPointer };
    const ports = { ...place.ports, traffic };

    await assert.rejects(
      evaluateAll({ ports, settings }, () => {}),
      /^Error: food: pointer \S+\/food does not exist$/,
    );
  });
});
