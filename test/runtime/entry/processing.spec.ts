import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import { generateLake } from "../../../runtime/generate/generate";
import { main } from "../../../runtime/entry/processing";
import { temporaryFolder } from "../support/temporary-folder";

interface Run {
  readonly code: number;
  readonly line: Record<string, unknown>;
  readonly length: number;
}

async function run(...argv: string[]): Promise<Run> {
  const lines: string[] = [];
  const code = await main(argv, (line) => lines.push(line));
  assert.equal(lines.length, 1);
  const text = lines[0] ?? "";
  return { code, line: JSON.parse(text) as Record<string, unknown>, length: text.length };
}

describe("processing container", () => {
  const folder = temporaryFolder();
  const at = (name: string) => folder.path(name);
  let lake = "";
  let cutoff = "";
  before(async () => {
    lake = at("lake");
    ({ cutoff } = await generateLake({
      out: lake,
      stores: 3,
      skus: 6,
      days: 60,
      seed: 1,
      rowsPerBlock: 360,
    }));
  });

  const days = (from: string, to = from) => ["--from", from, "--to", to];

  async function chainSums(name: string): Promise<string> {
    await run("chain-sums", "--lake", lake, "--output", at(`${name}-parts`), ...days(cutoff));
    await run("reduce-chain-sums", "--lake", lake, "--parts", at(`${name}-parts`), "--output", at(name));
    return at(name);
  }

  it("builds the features of a shard into the output folder and says so in one line", async () => {
    const sums = await chainSums("sums");

    const features = [
      "features",
      "--lake",
      lake,
      "--chain-sums",
      sums,
      "--output",
      at("features"),
      ...days(cutoff),
    ];
    const { code, line } = await run(...features, "--block", "0", "--block", "2", "--block", "0");

    assert.equal(code, 0, String(line.message));
    assert.deepEqual([line.job, line.outcome, line.blockCount, line.rowCount], ["features", "done", 2, 12]);
    assert.ok(existsSync(join(at("features"), "block=002", "features.parquet")));
    assert.ok(!existsSync(join(at("features"), "block=001")));
  });

  it("runs every stage from raw files to orders and a report, and none of them twice", async () => {
    const raw = ["--stores", "2", "--skus", "12", "--days", "180", "--seed", "4"];
    const stages: string[][] = [
      ["generate", ...raw, "--output", at("r/raw")],
      ["ingest", "--data", at("r/raw"), "--today", "2026-11-23", "--output", at("r/lake")],
      ["truth", "--lake", at("r/lake"), ...raw, "--output", at("r/truth")],
      ["chain-sums", "--lake", at("r/lake"), ...days("2026-06-30", "2026-11-22"), "--output", at("r/parts")],
      ["reduce-chain-sums", "--lake", at("r/lake"), "--parts", at("r/parts"), "--output", at("r/sums")],
      [
        ...["features", "--lake", at("r/lake"), "--chain-sums", at("r/sums")],
        ...[...days("2026-06-30", "2026-11-22"), "--output", at("r/features")],
      ],
      ["baseline", "--lake", at("r/lake"), "--output", at("r/baseline")],
      [
        ...["train", "--lake", at("r/lake"), "--features", at("r/features"), "--baseline", at("r/baseline")],
        ...["--output", at("r/models")],
      ],
      [
        ...[
          "evaluate",
          "--lake",
          at("r/lake"),
          "--features",
          at("r/features"),
          "--baseline",
          at("r/baseline"),
        ],
        ...["--models", at("r/models"), "--truth", at("r/truth"), "--output", at("r/evaluation")],
      ],
      [
        ...["score", "--lake", at("r/lake"), "--baseline", at("r/baseline"), "--models", at("r/models")],
        ...["--evaluation", at("r/evaluation"), "--output", at("r/forecasts")],
      ],
      [
        ...["simulate", "--lake", at("r/lake"), "--evaluation", at("r/evaluation")],
        ...["--forecasts", at("r/forecasts"), "--output", at("r/simulation")],
      ],
      [
        ...[
          "order",
          "--lake",
          at("r/lake"),
          "--evaluation",
          at("r/evaluation"),
          "--forecasts",
          at("r/forecasts"),
        ],
        ...["--simulation", at("r/simulation"), "--output", at("r/orders")],
      ],
      [
        ...["report", "--lake", at("r/lake"), "--models", at("r/models"), "--evaluation", at("r/evaluation")],
        ...["--forecasts", at("r/forecasts"), "--simulation", at("r/simulation"), "--orders", at("r/orders")],
        ...["--output", at("r/report")],
      ],
    ];

    for (const stage of stages) {
      const { code, line } = await run(...stage);
      assert.deepEqual([code, line.outcome], [0, "done"], `${stage[0]}: ${String(line.message)}`);
    }
    assert.match(readFileSync(join(at("r/report"), "report.html"), "utf8"), /^<!doctype html>/);
    assert.match(
      readFileSync(join(at("r/orders"), "orders.csv"), "utf8"),
      /^store_code,sku_code,name,packs,units,/,
    );

    const forecast = () => hashOf(join(at("r/forecasts"), "block=000", "forecasts.parquet"));
    const before = forecast();
    for (const stage of stages) {
      const { line } = await run(...stage);
      assert.equal(line.outcome, "unchanged", `${stage[0]}: ${String(line.message)}`);
    }
    assert.equal(forecast(), before);
  });

  it("runs a stage again when its inputs or options are others", async () => {
    const stage = (first: string) =>
      run("chain-sums", "--lake", lake, "--output", at("again"), ...days(first, cutoff));
    const earlier = isoDate(dayNumber(cutoff) - 1);

    const outcomes: unknown[] = [];
    for (const first of [cutoff, cutoff, earlier, earlier, cutoff])
      outcomes.push((await stage(first)).line.outcome);

    assert.deepEqual(outcomes, ["done", "unchanged", "done", "unchanged", "done"]);
  });

  it("reports a job that fails with its reason", async () => {
    const { code, line } = await run("baseline", "--lake", at("nothing"), "--output", at("never"));

    assert.deepEqual([code, line.outcome], [1, "failed"]);
    assert.match(String(line.message), /nothing is not a lake: it has no lake\.json/);
  });

  it("names a Parquet file that is missing or cut off", async () => {
    const damaged = at("damaged");
    await generateLake({ out: damaged, stores: 2, skus: 4, days: 60, seed: 1, rowsPerBlock: 240 });
    const file = join(damaged, "daily", "block=001", "part-0.parquet");
    const sum = () => run("chain-sums", "--lake", damaged, "--output", at("from-damaged"), ...days(cutoff));

    truncateSync(file, 500);
    const cut = await sum();
    assert.deepEqual(
      [cut.code, cut.line.message],
      [1, `${file}: not a whole Parquet file: it is cut off, or something else`],
    );
    truncateSync(file, 0);
    assert.equal((await sum()).line.message, `${file}: not a whole Parquet file: it is empty or cut off`);
    const masters = join(damaged, "products.parquet");
    truncateSync(masters, 3);
    assert.match(String((await sum()).line.message), /products\.parquet: not a whole Parquet file/);
  });

  it("names the field of a lake.json that is wrong, and what is allowed", async () => {
    const broken = at("broken");
    mkdirSync(broken);
    const good = JSON.parse(readFileSync(join(lake, "lake.json"), "utf8")) as object;
    const messageOf = async (text: string) => {
      writeFileSync(join(broken, "lake.json"), text);
      const { code, line } = await run("baseline", "--lake", broken, "--output", at("never"));
      assert.equal(code, 1);
      return String(line.message).replace(broken, "LAKE");
    };

    assert.equal(
      await messageOf(JSON.stringify({ ...good, rowCount: "many" })),
      `LAKE/lake.json: "rowCount" is "many"; allowed: a whole number from 0 up`,
    );
    assert.equal(
      await messageOf(JSON.stringify({ ...good, cutoff: "2026-02-30" })),
      `LAKE/lake.json: "cutoff" is "2026-02-30"; allowed: a day such as 2026-11-23`,
    );
    assert.equal(
      await messageOf(JSON.stringify({ ...good, blocks: [0, 0] })),
      `LAKE/lake.json: "blocks" is [0,0]; allowed: ascending whole numbers`,
    );
    assert.equal(await messageOf("{"), "LAKE/lake.json is not JSON with an object: write the lake again");
  });

  it("does not call days without data done", async () => {
    const early = await run("chain-sums", "--lake", lake, "--output", at("early"), ...days("2020-01-01"));
    const late = await run("chain-sums", "--lake", lake, "--output", at("late"), ...days("2090-01-01"));

    assert.deepEqual([early.code, late.code], [1, 1]);
    assert.match(String(early.line.message), /^from 2020-01-01 is before the lake's first day/);
    assert.match(String(late.line.message), /more than 7 days after the cutoff/);
    assert.deepEqual(
      readdirSync(at(".")).filter((name) => /^(early|late)/.test(name)),
      [],
    );
  });

  it("says in a few words that ten thousand files were not read", async () => {
    const data = at("stray");
    mkdirSync(data);
    for (let i = 0; i < 10_000; i++) writeFileSync(join(data, `stray-${i}.txt`), "");
    writeFileSync(join(data, "pos.csv"), "date,store,sku,quantity,price\n2026-11-20,S1,A,1,100\n");

    const { code, line, length } = await run(
      ...["ingest", "--data", data, "--today", "2026-11-23", "--output", at("stray-lake")],
    );

    assert.equal(code, 0, String(line.message));
    assert.ok(length < 4000, `${length} characters`);
  });

  const rejections: [string[], RegExp][] = [
    [["dance"], /^job "dance" does not exist; there are: generate, ingest, /],
    [[], /^job "" does not exist/],
    [["features", "--to", "2026-01-01"], /^--from is not given; allowed: a day such as 2026-11-23$/],
    [
      ["ingest", "--today", "tomorrow"],
      /^--today is "tomorrow"; allowed: a day from 2000-01-01 to 2099-12-31, written YYYY-MM-DD$/,
    ],
    [["ingest", "--today", "2026-02-30"], /^--today is "2026-02-30"; allowed: a day/],
    [
      ["ingest", "--today", "9999-01-01"],
      /^--today is "9999-01-01"; allowed: a day from 2000-01-01 to 2099-12-31/,
    ],
    [
      ["features", "--from", "2026-01-01", "--to", "2026-01-01", "--block", "x"],
      /^--block is "x"; allowed: the number of a block$/,
    ],
    [["baseline", "--lake", ""], /^--lake is ""; allowed: the name of a folder$/],
    [["train", "--threads", "0"], /^--threads is "0"; allowed: a whole number from 1 up$/],
    [["baseline", "--block", "1"], /^--block is no option of baseline; it takes --lake, --output$/],
    [["ingest", "--fast"], /^Unknown option '--fast'/],
  ];
  for (const [argv, message] of rejections) {
    it(`rejects ${argv.join(" ") || "no job"}`, async () => {
      const { code, line } = await run(...argv);

      assert.equal(code, 2);
      assert.match(String(line.message), message);
    });
  }
});

function hashOf(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

describe("its Dockerfile", () => {
  const dockerfile = readFileSync("containers/processing/Dockerfile", "utf8");

  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources]) =>
    (sources ?? "").split(" "),
  );

  it("starts from one Node 24 for ever, in every step", () => {
    const [, base] = /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile) ?? [];

    assert.match(base ?? "", /\/node:24[^@:]*@sha256:[0-9a-f]{64}$/);
    const steps = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    assert.deepEqual(steps, ["${NODE_IMAGE}", "${NODE_IMAGE}"]);
  });

  it("holds every file and package that a command imports, in its threads too", async () => {
    const [, entry = ""] = /^ENTRYPOINT .*"(runtime\/[^"]+)"\]$/m.exec(dockerfile) ?? [];
    const { metafile } = await build({
      entryPoints: [entry, "runtime/engine/threads/worker.ts"],
      ...{ bundle: true, platform: "node", packages: "external", outdir: "nowhere" },
      ...{ write: false, metafile: true, logLevel: "silent" },
    });
    const files = Object.keys(metafile.inputs);
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
    const packages = imports
      // Relative ones that stay outside are types.
      .filter(({ path, external }) => external === true && !path.startsWith(".") && !path.startsWith("node:"))
      .map(({ path }) => /^(@[^/]+\/)?[^/]+/.exec(path)![0]);
    const removed = [...dockerfile.matchAll(/ node_modules\/(\S+)/g)].map(([, name]) => name!);
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      dependencies: Record<string, string>;
    };

    assert.ok(files.length > 300, `${files.length} files`);
    assert.deepEqual(
      files.filter((file) => !copied.some((source) => file.startsWith(`${source}/`))),
      [],
    );
    assert.deepEqual(
      packages.filter(
        (name) => !(name in dependencies) || removed.some((each) => `${name}/`.startsWith(`${each}/`)),
      ),
      [],
    );
  });

  it("copies only what the context lets in, and it exists", () => {
    const allowed = readFileSync("containers/processing/Dockerfile.dockerignore", "utf8")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));

    assert.deepEqual(
      copied.filter((source) => !allowed.includes(source)),
      [],
    );
    assert.deepEqual(
      allowed.filter((source) => !existsSync(source)),
      [],
    );
  });

  it("starts the entry point as the user to whom /opt/ml belongs, without development dependencies", () => {
    assert.doesNotMatch(dockerfile, /^USER /m, "SageMaker makes /opt/ml as root");
    assert.match(dockerfile, /npm ci --omit=dev/);
    const [, entry] = /^ENTRYPOINT .*"(runtime\/[^"]+)"\]$/m.exec(dockerfile) ?? [];
    assert.ok(entry !== undefined && existsSync(entry));
  });
});
