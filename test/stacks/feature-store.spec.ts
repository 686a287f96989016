import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  FEATURE_GROUPS,
  type FeatureGroupName,
  type FeatureGroupSchema,
} from "../../contracts/feature-groups";
import { MODEL_INPUT_NAMES } from "../../contracts/model-input";
import { EVENTS, PRODUCTS, STORES, WEATHER, type LakeTable } from "../../forecasting/lake/schema";
import type { RecordedResource } from "../../preview/recorded-resource";
import { planOf } from "../support/plans";
import { find } from "../support/record";
import { ofSlice } from "../support/slices";

const TYPE = "aws:sagemaker/featureGroup:FeatureGroup";

async function groupsOf(stack: "dev" | "prod"): Promise<RecordedResource[]> {
  const { recording } = await planOf(stack);
  return ofSlice(recording, "feature-store").filter(({ type }) => type === TYPE);
}

function schemaOf(name: FeatureGroupName): FeatureGroupSchema {
  const schema = FEATURE_GROUPS.find((candidate) => candidate.name === name);
  if (!schema) throw new Error(`no schema ${name}`);
  return schema;
}

/** How the lake's types travel in the feature store. */
function featureType(lakeType: string): string {
  if (lakeType === "VARCHAR" || lakeType === "DATE") return "String";
  return lakeType === "FLOAT" || lakeType === "DOUBLE" ? "Fractional" : "Integral";
}

/** `name type` of a lake table, without the columns that the store leaves out. */
function lakeColumns({ columns }: LakeTable, without: readonly string[] = []): string[] {
  return columns
    .filter(({ name }) => !without.includes(name))
    .map(({ name, type }) => `${name} ${featureType(type)}`)
    .sort();
}

function storeColumns(name: FeatureGroupName, without: readonly string[] = []): string[] {
  const { recordIdentifier, columns } = schemaOf(name);
  return [recordIdentifier, ...columns]
    .filter((column) => !without.includes(column.name))
    .map((column) => `${column.name} ${column.type}`)
    .sort();
}

describe("createFeatureStore", () => {
  it("makes a versioned group for each subject", async () => {
    const names = (await groupsOf("prod")).map(({ inputs }) => inputs.featureGroupName);

    assert.deepEqual(names.sort(), [
      "smartretail-prod-events-v1",
      "smartretail-prod-products-v2",
      "smartretail-prod-store-sku-sales-v2",
      "smartretail-prod-stores-v1",
      "smartretail-prod-weather-v1",
    ]);
  });

  it("starts at most four creations at once: the fifth waits for the first", async () => {
    const groups = await groupsOf("prod");

    const urns = groups.map(({ urn }) => urn);
    const waits = groups.flatMap(({ name, dependencies }) =>
      dependencies.filter((urn) => urns.includes(urn)).map((urn) => [name, urn.split("::").at(-1)]),
    );
    assert.deepEqual(waits, [["events-group", "store-sku-sales-group"]]);
  });

  it("waits until the role that writes the offline store has its rights", async () => {
    const { recording } = await planOf("prod");

    const attachments = recording.resources
      .filter(
        ({ type, name }) =>
          type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment" && name.startsWith("feature-store-"),
      )
      .map(({ urn }) => urn);
    assert.ok(attachments.length > 0);
    for (const { dependencies } of await groupsOf("prod")) {
      assert.deepEqual(
        attachments.filter((urn) => !dependencies.includes(urn)),
        [],
      );
    }
  });

  it("encrypts the offline store with a key whose policy has no kms:ViaService: creation would fail", async () => {
    const { recording } = await planOf("prod");

    const key = find(recording, "aws:kms/key:Key", "feature-store-key");
    for (const { inputs } of await groupsOf("prod")) {
      const { s3StorageConfig } = inputs.offlineStoreConfig as {
        s3StorageConfig: { kmsKeyId: string; s3Uri: string };
      };
      assert.equal(s3StorageConfig.kmsKeyId, key.outputs.arn);
      assert.equal(s3StorageConfig.s3Uri, "s3://smartretail-prod-features-123456789012/offline/");
    }
    assert.doesNotMatch(String(key.inputs.policy), /kms:ViaService/);
  });

  it("protects the groups and lets records live as the environment says", async () => {
    const ttl = ({ inputs }: RecordedResource) =>
      (inputs.onlineStoreConfig as { ttlDuration: { value: number } }).ttlDuration.value;

    const prod = await groupsOf("prod");
    const dev = await groupsOf("dev");

    assert.ok(prod.every((group) => group.protect && ttl(group) === 30));
    assert.ok(dev.every((group) => !group.protect && ttl(group) >= 8));
  });
});

describe("the feature groups' schemas", () => {
  it("hold online every column that a model reads, in its order, then the baseline and the naive forecast", () => {
    const { columns } = schemaOf("store-sku-sales");
    const keysAndLabel = ["store_id", "sku_id", "day", "units"];

    assert.deepEqual(
      columns.map(({ name }) => name),
      [...keysAndLabel, ...MODEL_INPUT_NAMES, "baseline", "naive"],
    );
    assert.ok(columns.slice(keysAndLabel.length).every(({ type }) => type === "Fractional"));
  });

  it("keep a model row within one write unit of 1 KB: 1.5 million are written a night", () => {
    const { recordIdentifier, columns } = schemaOf("store-sku-sales");
    const texts: Record<string, string> = {
      series_day: "00500-03000-7",
      event_time: "2026-11-25T15:00:00Z",
      store_id: "500",
      sku_id: "3000",
      day: "2026-11-25",
    };

    // A float takes at most nine significant digits and, in this range, a point and a sign.
    const bytes = [recordIdentifier.name, "event_time", ...columns.map(({ name }) => name)]
      .map((name) => name.length + (texts[name] ?? "-1234.56789").length)
      .reduce((sum, size) => sum + size, 0);

    assert.ok(bytes < 1024, `${bytes} bytes`);
  });

  it("are the lake's masters, column by column", () => {
    assert.deepEqual(storeColumns("products"), lakeColumns(PRODUCTS));
    assert.deepEqual(storeColumns("stores"), lakeColumns(STORES, ["block"]));
    assert.deepEqual(storeColumns("weather", ["area_day"]), lakeColumns(WEATHER));
    assert.deepEqual(storeColumns("events", ["store_day"]), lakeColumns(EVENTS));
  });

  it("only ever grow at their end: a group cannot lose or change a feature", () => {
    type Frozen = Record<string, readonly { name: string; type: string }[]>;
    const frozen = JSON.parse(readFileSync("test/golden/feature-groups.json", "utf8")) as Frozen;

    const current = Object.fromEntries(
      FEATURE_GROUPS.map(({ name, version, recordIdentifier, columns }) => [
        `${name}-v${version}`,
        [recordIdentifier, ...columns],
      ]),
    );
    for (const [group, columns] of Object.entries(frozen)) {
      assert.deepEqual(current[group]?.slice(0, columns.length), columns, group);
    }
    assert.deepEqual(Object.keys(current).sort(), Object.keys(frozen).sort());
  });

  it("say what they are in the 128 characters that SageMaker keeps", () => {
    for (const { description } of FEATURE_GROUPS) assert.ok(description.length <= 128, description);
  });
});
