import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isoDate } from "../../../forecasting/calendar/day";
import { buildFeatures } from "../../../runtime/features/build-features";
import { reduceChain, sumChain } from "../../../runtime/features/chain-sums";
import { windowsOf } from "../../../runtime/lake/windows-of";
import { batchScore } from "../../../runtime/scoring/batch-score";
import {
  reduceScoreSums,
  reduceScoreTrends,
  scoreShard,
  scoreSums,
  scoreTrends,
} from "../../../runtime/scoring/score-shards";
import { makeSmallChain, type SmallChain } from "../support/small-chain";
import { temporaryFolder } from "../support/temporary-folder";

const WORLD = { stores: 9, skus: 24, days: 180, seed: 5 };

/** Name and SHA-256 of every Parquet file of the blocks, over the folders of several shards. */
function blockFiles(folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => /^block=\d+\/.*\.parquet$/.test(name))
        .map((name) => {
          const content = createHash("sha256")
            .update(readFileSync(join(folder, name)))
            .digest("hex");
          return `${name} ${content}`;
        }),
    )
    .sort();
}

describe("shards", () => {
  const folder = temporaryFolder();
  let chain: SmallChain;

  before(async () => {
    // One store a block: nine blocks, so that seven shards get an uneven share.
    chain = await makeSmallChain(folder.path("chain"), { ...WORLD, rowsPerBlock: WORLD.skus * WORLD.days });
    assert.equal(chain.summary.blocks.length, WORLD.stores);
  });

  /** Blocks dealt out to `count` shards: shard 0 gets 0, count, 2 count, ... */
  const deal = (count: number) =>
    Array.from({ length: count }, (_, shard) =>
      chain.summary.blocks.filter((block) => block % count === shard),
    );

  async function features(count: number): Promise<string[]> {
    const { lake, summary } = chain;
    const range = { from: isoDate(windowsOf(lake, summary).trainFrom), to: summary.cutoff };
    const [parts, outs]: [string[], string[]] = [[], []];
    for (const [shard, blocks] of deal(count).entries()) {
      parts.push(folder.path(`chain-${count}-${shard}`));
      await sumChain({ lake, ...range, blocks, out: parts[shard]! });
    }
    const chainSums = folder.path(`chain-${count}`);
    await reduceChain({ lake, parts: parts.reverse(), out: chainSums });
    for (const [shard, blocks] of deal(count).entries()) {
      outs.push(folder.path(`features-${count}-${shard}`));
      await buildFeatures({ lake, ...range, chainSums, blocks, out: outs[shard]! });
    }
    return blockFiles(outs);
  }

  async function forecasts(count: number, threads: number): Promise<string[]> {
    const name = (what: string) => folder.path(`${what}-${count}-${threads}`);
    const { lake, baseline, models, evaluation } = chain;
    const shards = deal(count);
    const onShards = async (what: string, run: (blocks: number[], out: string) => Promise<object>) => {
      const outs = shards.map((_, shard) => `${name(what)}-${shard}`);
      for (const [shard, blocks] of shards.entries()) await run(blocks, outs[shard]!);
      return outs;
    };
    const sumParts = await onShards("sums", (blocks, out) =>
      scoreSums({ lake, baseline, blocks, out, threads }),
    );
    const sums = name("sums-all");
    await reduceScoreSums({ lake, baseline, parts: sumParts.reverse(), out: sums });
    const trendParts = await onShards("trends", (blocks, out) =>
      scoreTrends({ lake, baseline, sums, blocks, out, threads }),
    );
    const trends = name("trends-all");
    await reduceScoreTrends({ lake, baseline, parts: trendParts, out: trends });
    const outs = await onShards("forecasts", (blocks, out) =>
      scoreShard({ lake, baseline, models, evaluation, sums, trends, blocks, out, threads }),
    );
    return blockFiles(outs);
  }

  it("gives byte-identical features for 1, 3 and 7 shards", async () => {
    const whole = blockFiles([chain.features]);
    assert.equal(whole.length, WORLD.stores);

    for (const count of [1, 3, 7]) assert.deepEqual(await features(count), whole, `${count} shards`);
  });

  it("gives byte-identical forecasts for 1, 3 and 7 shards, and for 1 and 2 threads", async () => {
    const [one, two] = [folder.path("whole-1"), folder.path("whole-2")];
    await batchScore({ ...chain, out: one, threads: 1 });
    await batchScore({ ...chain, out: two, threads: 2 });
    const whole = blockFiles([one]);
    assert.equal(whole.length, WORLD.stores);
    assert.deepEqual(blockFiles([two]), whole, "2 threads");

    for (const [count, threads] of [
      [1, 2],
      [3, 2],
      [7, 1],
    ] as const) {
      assert.deepEqual(await forecasts(count, threads), whole, `${count} shards`);
    }
  });

  it("reads the sales of the other shards' stores: alone, a shard would give other features", async () => {
    const { lake, summary } = chain;
    const range = { from: summary.cutoff, to: summary.cutoff };
    const [parts, sums] = [folder.path("lonely-parts"), folder.path("lonely-sums")];
    await sumChain({ lake, ...range, blocks: [0], out: parts });

    await assert.rejects(
      reduceChain({ lake, parts: [parts], out: sums }),
      /chain-sums\.parquet of block 1 is not in .*lonely-parts$/,
    );
  });

  it("counts no block twice", async () => {
    const { lake, summary } = chain;
    const range = { from: summary.cutoff, to: summary.cutoff };
    const [once, twice] = [folder.path("once"), folder.path("twice")];
    await sumChain({ lake, ...range, out: once });
    const report = await sumChain({ lake, ...range, blocks: [2, 2, 0, 2], out: twice });

    assert.equal(report.blockCount, 2);
    await assert.rejects(
      reduceChain({ lake, parts: [once, twice], out: folder.path("doubled") }),
      /chain-sums\.parquet of block 0 is there 2 times: .*once.*twice/,
    );
  });

  it("rejects sums of other days, of another baseline, and such that are cut off", async () => {
    const { lake, baseline, summary } = chain;
    const [parts, sums] = [folder.path("day-parts"), folder.path("day-sums")];
    await sumChain({ lake, from: summary.cutoff, to: summary.cutoff, out: parts });
    await reduceChain({ lake, parts: [parts], out: sums });
    const range = { from: summary.firstDay, to: summary.firstDay };
    await assert.rejects(
      buildFeatures({ lake, ...range, chainSums: sums, out: folder.path("no-features") }),
      /day-sums was summed for target days from .* at the cutoff .*, not from/,
    );

    const scoreParts = folder.path("score-parts");
    await scoreSums({ lake, baseline, out: scoreParts });
    const file = join(scoreParts, "block=003", "chain.sums");
    const content = readFileSync(file);
    const damaged = folder.path("damaged");
    mkdirSync(damaged);
    cpSync(scoreParts, join(damaged, "parts"), { recursive: true });
    writeFileSync(join(damaged, "parts", "block=003", "chain.sums"), content.subarray(0, -8));
    const reduce = (from: string) =>
      reduceScoreSums({ lake, baseline, parts: [from], out: folder.path("no-sums") });
    await assert.rejects(reduce(join(damaged, "parts")), /block=003\/chain\.sums is cut off/);
    const other = Buffer.from(content);
    other.write("2020", content.indexOf("fittedTo") + 11);
    writeFileSync(join(damaged, "parts", "block=003", "chain.sums"), other);
    await assert.rejects(reduce(join(damaged, "parts")), /block=003\/chain\.sums holds other sums/);
  });

  it("names a block that the lake does not have", async () => {
    const { lake, summary } = chain;
    const range = { from: summary.cutoff, to: summary.cutoff };

    await assert.rejects(sumChain({ lake, ...range, blocks: [99], out: folder.path("none") }), {
      message: "block 99 is not in the lake: it has 9, from 0 to 8",
    });
  });
});
