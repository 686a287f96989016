import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { LAKE_FEATURES } from "../../contracts/model-input";
import { EVENTS, PRODUCTS, STORES, WEATHER, type LakeTable } from "../../forecasting/lake/schema";
import type { RecordedResource } from "../../preview/recorded-resource";
import { FEATURE_GROUP_SCHEMAS } from "../../stacks/feature-store";
import type { FeatureGroupName, FeatureGroupSchema } from "../../stacks/feature-store/schema";
import { planOf } from "../support/plans";
import { find } from "../support/record";
import { ofSlice } from "../support/slices";

const TYPE = "aws:sagemaker/featureGroup:FeatureGroup";

async function groupsOf(stack: "dev" | "prod"): Promise<RecordedResource[]> {
  const { recording } = await planOf(stack);
  return ofSlice(recording, "feature-store").filter(({ type }) => type === TYPE);
}

function schemaOf(name: FeatureGroupName): FeatureGroupSchema {
  const schema = FEATURE_GROUP_SCHEMAS.find((candidate) => candidate.name === name);
  if (!schema) throw new Error(`no schema ${name}`);
  return schema;
}

const columnNames = ({ recordIdentifier, columns }: FeatureGroupSchema) => [
  recordIdentifier.name,
  ...columns.map(({ name }) => name),
];

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
      "smartretail-prod-products-v1",
      "smartretail-prod-store-sku-sales-v1",
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
  it("hold every feature that a model looks up, and none that it computes from the date", () => {
    const lookedUp = LAKE_FEATURES.filter(({ group }) => group === "history" || group === "promotion");
    const sales = schemaOf("store-sku-sales").columns;

    for (const { name } of lookedUp) {
      assert.equal(sales.find((column) => column.name === name)?.type, "Fractional", name);
    }
    const calendar = LAKE_FEATURES.filter(({ group }) => group === "calendar").map(({ name }) => name);
    assert.deepEqual(
      FEATURE_GROUP_SCHEMAS.flatMap(columnNames).filter((name) => calendar.includes(name)),
      [],
    );
  });

  it("hold in store-sku-sales nothing but keys, the label and those features", () => {
    const features = LAKE_FEATURES.filter(({ group }) => group === "history" || group === "promotion");

    assert.deepEqual(
      columnNames(schemaOf("store-sku-sales")).sort(),
      ["series_day", "store_id", "sku_id", "day", "units", ...features.map(({ name }) => name)].sort(),
    );
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
      FEATURE_GROUP_SCHEMAS.map(({ name, version, recordIdentifier, columns }) => [
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
    for (const { description } of FEATURE_GROUP_SCHEMAS) assert.ok(description.length <= 128, description);
  });
});
