import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isoDate } from "../../../forecasting/calendar/day";
import { worldDays } from "../../../forecasting/generator/options";
import { generateFiles } from "../../../runtime/generate/generate-files";
import { CONFIG_FILE } from "../../../runtime/ingest/config-file";
import { LocalCloud } from "../../../runtime/pipelines/local/local-cloud";
import { openLocalAccount } from "../../../scripts/pipeline/local-account";
import { published } from "../../runtime/pipelines/support/run-night";
import { temporaryFolder } from "../../runtime/support/temporary-folder";

const WORLD = { stores: 1, skus: 5, days: 60, seed: 3 } as const;

describe("openLocalAccount with files of one's own", () => {
  const folder = temporaryFolder();
  const last = worldDays(WORLD).cutoff;
  before(() => generateFiles({ ...WORLD, out: folder.path("files"), salesDays: { from: 0, to: last - 9 } }));

  it("runs the week of the files' last day, and so does the next process without --data", async () => {
    const account = folder.path("own");
    const heard: string[] = [];
    const listener = {
      onStart: () => undefined,
      onProgress: () => undefined,
      onDone: ({ name, detail }: { name: string; detail: string }) => heard.push(`${name}: ${detail}`),
    };

    const run = await (
      await openLocalAccount({ account, data: folder.path("files"), listener })
    ).start("weekly");

    assert.equal(run, `weekly-${isoDate(last - 8)}-1`);
    assert.deepEqual(heard, [`ingest: the files end on ${isoDate(last - 9)}`]);
    const lake = published(new LocalCloud(account), "lake")!;
    assert.equal(lake["cutoff"], isoDate(last - 9));
    assert.equal(
      await (await openLocalAccount({ account })).start("nightly"),
      `nightly-${isoDate(last - 8)}-1`,
    );
  });

  it("reads them as the file beside them says", async () => {
    const data = folder.path("files-with-config");
    await generateFiles({ ...WORLD, out: data, salesDays: { from: 0, to: last - 9 } });
    writeFileSync(join(data, CONFIG_FILE), `lastDay: ${isoDate(last - 20)}\n`);

    const run = await (await openLocalAccount({ account: folder.path("config"), data })).start("weekly");

    assert.equal(run, `weekly-${isoDate(last - 19)}-1`);
  });

  it("takes no folder that holds the account, and no second history", async () => {
    const data = folder.path("files");
    mkdirSync(folder.path("around/account"), { recursive: true });
    writeFileSync(folder.path("around/sales.csv"), "x");

    await assert.rejects(
      openLocalAccount({ account: folder.path("around/account"), data: folder.path("around") }),
      /--account .*around\/account lies in --data .*around: name folders that are apart/,
    );
    await assert.rejects(
      openLocalAccount({ account: folder.path("own"), data }),
      /own has data already: give --account a new folder for /,
    );
  });
});
