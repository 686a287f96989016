import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { EXPERIMENT_KEYS } from "../../../contracts/experiment";
import { JournalTable } from "../../../runtime/experiment/aws/journal-table";
import {
  type ExperimentJournal,
  type JournalEntry,
  JournalSplits,
} from "../../../runtime/experiment/journal";
import { JournalFolder } from "../../../runtime/experiment/local/journal-folder";
import { CHALLENGER, CHAMPION, inPhase, START } from "../../forecasting/experiment/support";
import { type Emulator, startEmulator } from "../../support/emulator";
import { skipWithout } from "../../support/skip-without";

const entry = (revision: number, by = "tests", phase: "AB" | "ROLLED_BACK" = "AB"): JournalEntry => ({
  category: "drinks",
  revision,
  at: START,
  by,
  action: "advance",
  reasons: ["because"],
  evidence: { days: 14, weekly: { relative: -0.03 } },
  state: inPhase(phase),
});

describe("ExperimentJournal", () => {
  const kinds: Readonly<Record<string, () => Promise<() => ExperimentJournal>>> = {
    "in a folder": () => {
      const folder = mkdtempSync(join(tmpdir(), "journal-"));
      return Promise.resolve(() => new JournalFolder(folder));
    },
    "in DynamoDB": async () => {
      emulator = await startEmulator();
      const client = new DynamoDBClient(emulator.place);
      await client.send(
        new CreateTableCommand({
          TableName: "experiments",
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [
            { AttributeName: EXPERIMENT_KEYS.category, AttributeType: "S" },
            { AttributeName: EXPERIMENT_KEYS.revision, AttributeType: "N" },
          ],
          KeySchema: [
            { AttributeName: EXPERIMENT_KEYS.category, KeyType: "HASH" },
            { AttributeName: EXPERIMENT_KEYS.revision, KeyType: "RANGE" },
          ],
        }),
      );
      return () => new JournalTable(client, "experiments");
    },
  };
  let emulator: Emulator | undefined;

  for (const [kind, open] of Object.entries(kinds)) {
    describe(kind, () => {
      let journal: () => ExperimentJournal;

      before(async function () {
        this.timeout(60_000);
        if (kind === "in DynamoDB") skipWithout(this, "moto_server", "Python: pip install 'moto[server]'");
        journal = await open();
      });
      after(() => {
        emulator?.stop();
        emulator = undefined;
      });

      it("keeps every decision with its evidence, newest first", async () => {
        assert.equal(await journal().latest("drinks"), undefined);
        for (const revision of [1, 2, 3]) assert.equal(await journal().append(entry(revision)), true);

        const found = await journal().history("drinks", 2);

        assert.deepEqual(
          found.map(({ revision }) => revision),
          [3, 2],
        );
        assert.deepEqual(JSON.parse(JSON.stringify(found[0])), JSON.parse(JSON.stringify(entry(3))));
        assert.deepEqual(await journal().history("food", 5), []);
      });

      it("takes a revision from one of two that write it at once, and never changes it", async () => {
        const writers = Array.from({ length: 8 }, (_, i) => journal().append(entry(4, `writer ${i}`)));

        const taken = await Promise.all(writers);

        assert.equal(taken.filter(Boolean).length, 1);
        assert.equal((await journal().latest("drinks"))?.by, `writer ${taken.indexOf(true)}`);
        assert.equal(await journal().append(entry(2, "late")), false);
      });

      it("tells the routers what is served", async () => {
        const splits = new JournalSplits(journal());
        assert.deepEqual(await splits.readSplit("drinks"), {
          experimentId: "drinks-20260920-bbbbbbbb-20261001",
          category: "drinks",
          championVersion: CHAMPION,
          challengerVersion: CHALLENGER,
          challengerShare: 0.1,
        });
        await journal().append(entry(5, "tests", "ROLLED_BACK"));
        assert.equal(await splits.readSplit("drinks"), undefined);
        assert.equal(await splits.readSplit("food"), undefined);
      });
    });
  }

  it("meets its own write again as a success: the SDK repeats what was not answered", async () => {
    const puts: unknown[] = [];
    const client = {
      send: (command: { input: { Item?: Record<string, unknown>; Key?: unknown } }) => {
        if (command.input.Item) {
          puts.push(command.input.Item);
          return Promise.reject(new ConditionalCheckFailedException({ $metadata: {}, message: "exists" }));
        }
        return Promise.resolve({ Item: puts[0] });
      },
    } as unknown as DynamoDBClient;
    const journal = new JournalTable(client, "experiments");

    assert.equal(await journal.append(entry(1)), true);
    assert.equal(await journal.append(entry(1, "another")), false);
  });

  it("names the file that it did not write", async () => {
    const folder = mkdtempSync(join(tmpdir(), "journal-"));
    const journal = new JournalFolder(folder);
    await journal.append(entry(1));
    const [category] = readdirSync(folder);
    writeFileSync(join(folder, category!, "000002.json"), JSON.stringify({ ...entry(2), at: "yesterday" }));

    await assert.rejects(
      journal.latest("drinks"),
      /000002.json was not written by this program: "at" is wrong/,
    );
    assert.deepEqual(readdirSync(join(folder, category!)).sort(), ["000001.json", "000002.json"]);
  });
});
