import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { main } from "../../../runtime/entry/processing";
import { ingest } from "../../../runtime/ingest/ingest";
import { csv, GOOD, ingestRuns, TODAY } from "../support/ingest-runs";

describe("rows that an ingest rejects", () => {
  const { folder, rows } = ingestRuns();
  const input = (name: string, text: string, file = "pos.csv") => {
    mkdirSync(folder.path(name), { recursive: true });
    writeFileSync(`${folder.path(name)}/${file}`, text);
    return folder.path(name);
  };
  const BAD = "9,1,S1,A,2026-11-20,many,100";
  const entry = async (...argv: string[]) => {
    const lines: string[] = [];
    const code = await main(argv, (line) => lines.push(line));
    return { code, line: JSON.parse(lines[0]!) as Record<string, unknown> };
  };

  it("lie in the lake that they belong to; a user's file beside it stays", async () => {
    const lake = folder.path("whole");
    writeFileSync(`${lake}-quarantine.csv`, "mine");

    const report = await ingest({
      ...{ input: input("some", csv(...GOOD, BAD)), lake, today: TODAY, maxRejectedShare: 0.5 },
    });

    assert.equal(report.quarantine, `${lake}/quarantine.csv`);
    assert.match(readFileSync(report.quarantine, "utf8"), /^pos\.csv,5,.*many/m);
    assert.equal(readFileSync(`${lake}-quarantine.csv`, "utf8"), "mine");
  });

  it("of a run that fails by them lie beside the lake until one succeeds; the last good lake keeps its own", async () => {
    const lake = folder.path("kept");
    const options = { lake, today: TODAY };
    await ingest({ ...options, input: input("good", csv(...GOOD)) });
    const before = readFileSync(`${lake}/quarantine.csv`, "utf8");
    const beside = `${lake}.smartretail-rejected.csv`;

    await assert.rejects(
      ingest({ ...options, input: input("bad", csv(GOOD[0]!, BAD)) }),
      ({ message }: Error) => message.includes(`each one is in ${beside}`),
    );

    assert.match(readFileSync(beside, "utf8"), /^pos\.csv,3,.*many/m);
    assert.equal(readFileSync(`${lake}/quarantine.csv`, "utf8"), before);
    await ingest({ ...options, input: folder.path("good") });
    assert.equal(existsSync(beside), false);
    assert.deepEqual(
      readdirSync(folder.path(".")).filter((name) => name.startsWith("kept")),
      ["kept"],
    );
  });

  it("are none of a folder named day=3 or stores=7: a path is no column", async () => {
    const room = folder.path("day=3/stores=7");
    mkdirSync(room, { recursive: true });
    const options = { today: TODAY, input: input("named", csv(...GOOD)) };
    const units = (lake: string) =>
      rows(`SELECT * FROM read_parquet('${lake}/daily/*/*.parquet', hive_partitioning = false)`);

    await ingest({ ...options, lake: folder.path("unnamed"), keepsLines: true });
    await ingest({ ...options, lake: `${room}/lake`, keepsLines: true });
    const more = input("more", csv("5,1,S1,A,2026-11-22,3,100"), "pos-2.csv");
    for (const lake of [folder.path("unnamed"), `${room}/lake`])
      await ingest({ ...options, input: more, lake, mode: "add" });

    assert.deepEqual(await units(`${room}/lake`), await units(folder.path("unnamed")));
  });

  it("by the container's job: adds to a lake that keeps its lines, and does it once", async () => {
    const [old, both] = [folder.path("old"), folder.path("both")];
    const today = ["--today", TODAY];
    const first = input("first", csv(...GOOD));
    const second = input("second", csv("5,1,S1,A,2026-11-22,3,100"), "pos-2.csv");
    const made = await entry("ingest", "--data", first, ...today, "--keep-lines", "--output", old);
    assert.equal(made.code, 0, String(made.line.message));

    const add = ["ingest", "--data", second, ...today, "--add-to", old, "--output", both];
    const added = await entry(...add);

    assert.equal(added.code, 0, String(added.line.message));
    assert.deepEqual([added.line.cutoff, added.line.readCount], ["2026-11-22", 4]);
    assert.equal((await entry(...add)).line.outcome, "unchanged");
    const inPlace = await entry("ingest", "--data", second, ...today, "--add-to", old, "--output", old);
    assert.deepEqual([inPlace.line.outcome, inPlace.line.readCount], ["done", 4]);
  });

  it("by the container's job: rejects an output that is, holds or lies in the input", async () => {
    const data = input("apart/data", csv(...GOOD));

    for (const output of [data, folder.path("apart"), `${data}/lake`]) {
      const { code, line } = await entry("ingest", "--data", data, "--today", TODAY, "--output", output);
      assert.equal(code, 1);
      assert.match(String(line.message), /: name folders that are apart$/);
    }
    assert.deepEqual(readdirSync(data), ["pos.csv"]);
  });
});
