import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateLake } from "../../../runtime/generate/generate";
import { main } from "../../../runtime/entry/processing";

interface Run {
  readonly code: number;
  readonly line: Record<string, unknown>;
}

async function run(...argv: string[]): Promise<Run> {
  const lines: string[] = [];
  const code = await main(argv, (line) => lines.push(line));
  assert.equal(lines.length, 1);
  return { code, line: JSON.parse(lines[0] ?? "") as Record<string, unknown> };
}

describe("processing container", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "processing-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("builds the features of a lake into the output folder and says so in one line", async () => {
    const lake = join(folder, "lake");
    const out = join(folder, "features");
    const { cutoff, blocks } = await generateLake({ out: lake, stores: 2, skus: 4, days: 60, seed: 1 });

    const { code, line } = await run(
      ...["build-features", "--input", lake, "--output", out, "--from", cutoff, "--to", cutoff],
    );

    assert.equal(code, 0);
    assert.deepEqual([line.job, line.outcome, line.blockCount], ["build-features", "done", blocks.length]);
    assert.ok(Number(line.rowCount) > 0);
    assert.ok(existsSync(join(out, "block=000", "features.parquet")));
  });

  it("reports a job that fails with its reason", async () => {
    const days = ["--from", "2026-01-01", "--to", "2026-01-01"];

    const { code, line } = await run(
      "build-features",
      "--input",
      join(folder, "nothing"),
      "--output",
      folder,
      ...days,
    );

    assert.equal(code, 1);
    assert.equal(line.outcome, "failed");
    assert.match(String(line.message), /nothing/);
  });

  const refusals: [string[], RegExp][] = [
    [["train"], /^job "train" does not exist; there are: build-features/],
    [[], /^job "" does not exist/],
    [["build-features", "--to", "2026-01-01"], /^--from is not given; allowed: a day such as 2026-11-23$/],
    [["ingest", "--today", "tomorrow"], /^--today is "tomorrow"; allowed: a day such as 2026-11-23$/],
    [
      ["build-features", "--from", "2026-01-01", "--to", "2026-01-01", "--block", "x"],
      /^--block is "x"; allowed: the number/,
    ],
    [["ingest", "--fast"], /^Unknown option '--fast'/],
  ];
  for (const [argv, message] of refusals) {
    it(`refuses ${argv.join(" ") || "no job"}`, async () => {
      const { code, line } = await run(...argv);

      assert.equal(code, 2);
      assert.match(String(line.message), message);
    });
  }
});

describe("its Dockerfile", () => {
  const dockerfile = readFileSync("containers/processing/Dockerfile", "utf8");

  it("copies only what the context lets in, and it exists", () => {
    const allowed = readFileSync("containers/processing/Dockerfile.dockerignore", "utf8")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources]) =>
      (sources ?? "").split(" "),
    );

    assert.deepEqual(
      copied.filter((source) => !allowed.includes(source)),
      [],
    );
    assert.deepEqual(
      allowed.filter((source) => !existsSync(source)),
      [],
    );
  });

  it("starts the entry point as an unprivileged user, without development dependencies", () => {
    assert.match(dockerfile, /^USER node$/m);
    assert.match(dockerfile, /npm ci --omit=dev/);
    const [, entry] = /^ENTRYPOINT .*"(runtime\/[^"]+)"\]$/m.exec(dockerfile) ?? [];
    assert.ok(entry !== undefined && existsSync(entry));
  });
});
