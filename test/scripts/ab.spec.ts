import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ModelStore } from "../../runtime/models/model-store";
import { main } from "../../scripts/ab";
import { CHALLENGER, CHAMPION } from "../forecasting/experiment/support";
import { makeLake, makeNight } from "../runtime/experiment/support";
import { temporaryFolder } from "../runtime/support/temporary-folder";

const STORES = 12;

/** What the command writes on standard output. */
async function ab(...argv: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = ((text: string) => lines.push(text) > 0) as typeof process.stdout.write;
  try {
    return { code: await main(argv), text: lines.join("") };
  } finally {
    process.stdout.write = write;
  }
}

describe("ab", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const week = () => folder.path("week");
  const models = () => new ModelStore(join(week(), "models"));
  const run = (...argv: string[]) => ab(...argv, "--week", week(), "--by", "Sato");

  before(async () => {
    for (const version of [CHAMPION, CHALLENGER]) {
      mkdirSync(join(week(), "models", "drinks"), { recursive: true });
      writeFileSync(join(week(), "models", "drinks", `${version}.tar.gz`), "");
    }
    await models().point("champion", "drinks", CHAMPION);
    await models().point("challenger", "drinks", CHAMPION);
    await makeLake(join(week(), "lake"), {
      stores: STORES,
      days: 40,
      units: "4 + hash(s * 1000 + k * 100 + t) % 7",
    });
    for (let t = 9; t < 38; t++) {
      await makeNight(folder.path(`nights/${t}`), t, STORES, {
        champion: "8 + hash(s + k * 50 + t) % 3",
        challenger: "7",
      });
    }
  });

  it("shows that there is nothing, then starts, and the pointer moves", async () => {
    assert.match((await run("status")).text, /drinks +–\n/);

    const { text } = await run("start", "--category", "drinks", "--challenger", CHALLENGER);

    assert.match(text, /drinks advance: the challenger's pointer names the version/);
    assert.match(text, /drinks +SHADOW +20260920-bbbbbbbb +0 %/);
    assert.equal(await models().current("challenger", "drinks"), CHALLENGER);
    await assert.rejects(
      run("start", "--category", "drinks", "--challenger", CHALLENGER),
      /drinks has the experiment .* in SHADOW: stop it first/,
    );
  });

  it("goes on by the nights' comparison alone: a clock of today counts no night of before the start", async () => {
    const { text } = await run("evaluate", "--category", "drinks");
    assert.match(text, /drinks wait|drinks hold/);
    assert.match(text, /SHADOW/);
  });

  it("takes a forced step with a reason, rolls back, and never tries the version again", async () => {
    await assert.rejects(run("promote", "--category", "drinks"), /--reason is missing: promote needs one/);
    const forced = await run("promote", "--category", "drinks", "--force", "--reason", "seen in the store");
    assert.match(forced.text, /CANARY +20260920-bbbbbbbb +10 %/);

    const back = await run("rollback", "--category", "drinks", "--reason", "milk runs out", "--json");

    const { statuses, evaluations } = JSON.parse(back.text) as {
      statuses: { category: string; experiment?: { phase: string }; last?: { by: string } }[];
      evaluations: { revisions: number[] }[];
    };
    const drinks = statuses.find(({ category }) => category === "drinks")!;
    assert.deepEqual([back.code, drinks.experiment?.phase, drinks.last?.by], [0, "ROLLED_BACK", "Sato"]);
    assert.equal(evaluations[0]!.revisions.length, 2);
    assert.equal(await models().current("challenger", "drinks"), CHAMPION);
    await assert.rejects(
      run("start", "--category", "drinks", "--challenger", CHALLENGER),
      /20260920-bbbbbbbb was rolled back: it is not tried again/,
    );
  });

  it("says in one line that a category has no model to compare", async () => {
    await assert.rejects(run("start", "--category", "food"), {
      name: "UserError",
      message: "food has no champion: pointer /smartretail/local/models/champion/food does not exist",
    });

    mkdirSync(join(week(), "models", "food"), { recursive: true });
    writeFileSync(join(week(), "models", "food", `${CHAMPION}.tar.gz`), "");
    await models().point("champion", "food", CHAMPION);
    await assert.rejects(
      run("start", "--category", "food"),
      /^UserError: food has no challenger: .*; --challenger VERSION names a model to compare$/,
    );
  });

  it("says what is allowed", async () => {
    await assert.rejects(run("guess"), /"guess" is no action; allowed: status, start/);
    await assert.rejects(run("status", "--force"), /--force is for promote: status takes none/);
    await assert.rejects(run("start", "--reason", "x"), /--reason is for promote, rollback, stop: start/);
    await assert.rejects(run("stop", "--reason", "x"), /--category is missing; allowed: drinks, food/);
    await assert.rejects(run("stop", "--category", "tea"), /--category is "tea"; allowed: drinks/);
    await assert.rejects(ab("status", "--week", folder.path("none")), /none is no forecast week/);
  });
});
