import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isoDate } from "../../../forecasting/calendar/day";
import { worldDays } from "../../../forecasting/generator/options";
import { generateFiles } from "../../../runtime/generate/generate-files";
import { endOf } from "../../scripts/support/week-process";
import { temporaryFolder } from "../support/temporary-folder";
import { firstProcess, hasNamespaces, type Image, startContainer } from "./support/container";
import { skipAs } from "../../support/skip-without";

const DOCKERFILE = readFileSync("containers/processing/Dockerfile", "utf8");
const IMAGE: Image = {
  copied: [...DOCKERFILE.matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
    .flatMap(([, sources]) => (sources ?? "").split(" "))
    .filter((source) => source !== "package-lock.json"),
  entry: JSON.parse(/^ENTRYPOINT (.*)$/m.exec(DOCKERFILE)![1]!) as string[],
};
describe("the processing container's command, in a root with nothing but the image's files", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  before(function () {
    // Only Linux has them, and not every machine gives them to everybody.
    if (!hasNamespaces()) skipAs(this, "no right to make namespaces here (unshare, of util-linux)");
  });

  it("fills the folders that SageMaker has mounted, with a root that cannot be written", async () => {
    const world = { stores: 1, skus: 4, days: 30, seed: 1 };
    await generateFiles({ ...world, out: folder.path("whole/volume/input/data") });
    const argv = ["ingest", "--today", isoDate(worldDays(world).cutoff + 1)];
    const { child, collected, volume } = startContainer(folder.path("whole"), IMAGE, argv, "daily");
    const { code, out, error } = await endOf(child);

    assert.equal(code, 0, out + error);
    const line = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual([line["job"], line["outcome"]], ["ingest", "done"]);
    const files = readdirSync(collected, { recursive: true, encoding: "utf8" });
    assert.ok(
      files.includes("lake.json") && files.some((name) => /^daily\/.+\.parquet/.test(name)),
      files.join(),
    );
    assert.ok(!files.some((name) => /^(state|quarantine)/.test(name)), "for the next ingest alone");
    assert.deepEqual(
      files.filter((name) => name.split("/").some((part) => part.startsWith("."))),
      [],
      "SageMaker uploads what is there, and this program's own notes are no result",
    );
    assert.deepEqual(readdirSync(join(volume, "output", "ingest")).sort(), ["kept", "result", "work"]);
  });

  it("ends by SIGTERM as the first process, leaves nothing to collect, and says so", async () => {
    const argv = ["generate", "--stores", "200", "--skus", "2000", "--days", "400"];
    const { child, collected, volume } = startContainer(folder.path("stopped"), IMAGE, argv);
    const end = endOf(child);
    const filling = join(volume, "output", "generate");
    while (child.exitCode === null && !(existsSync(filling) && readdirSync(filling).length > 1))
      await pause(20);

    process.kill(firstProcess(child), "SIGTERM");
    const { code, out, error } = await end;

    assert.equal(code, 143, out + error);
    assert.deepEqual(JSON.parse(out), { job: "generate", outcome: "stopped" });
    assert.deepEqual(readdirSync(collected), []);
    assert.deepEqual(readdirSync(filling), ["result"]);
  });
});
