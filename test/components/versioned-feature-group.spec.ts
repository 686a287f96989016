import assert from "node:assert/strict";
import {
  VersionedFeatureGroup,
  type VersionedFeatureGroupArgs,
} from "../../components/versioned-feature-group";
import { find, listing, record } from "../support/record";

const TYPE = "aws:sagemaker/featureGroup:FeatureGroup";
const key = (name: string) => `arn:aws:kms:ap-northeast-1:123456789012:key/${name}`;
const args: VersionedFeatureGroupArgs = {
  groupName: "shop-weather-v1",
  description: "Weather",
  columns: [
    { name: "area", type: "Integral" },
    { name: "event_time", type: "String" },
    { name: "rain", type: "Fractional" },
  ],
  recordIdentifier: "area",
  eventTime: "event_time",
  roleArn: "arn:aws:iam::123456789012:role/feature-store",
  onlineKmsKeyArn: key("online"),
  offlineKmsKeyArn: key("offline"),
  offlineS3Uri: "s3://features/offline/",
  onlineTtlDays: 30,
};

function recordGroup(
  changes: Partial<VersionedFeatureGroupArgs> = {},
  options: { protect?: boolean; preview?: boolean } = {},
) {
  return record(
    () => void new VersionedFeatureGroup("weather", { ...args, ...changes }, { protect: options.protect }),
    {
      preview: options.preview,
    },
  );
}

describe("VersionedFeatureGroup", () => {
  it("makes one feature group", async () => {
    assert.deepEqual(listing(await recordGroup()), [
      `${TYPE} weather-group`,
      "smartretail:features:VersionedFeatureGroup weather",
    ]);
  });

  it("encrypts both stores, keeps history as Iceberg and lets online records expire", async () => {
    const { inputs } = find(await recordGroup(), TYPE);

    assert.deepEqual(inputs.onlineStoreConfig, {
      enableOnlineStore: true,
      securityConfig: { kmsKeyId: key("online") },
      storageType: "Standard",
      ttlDuration: { unit: "Days", value: 30 },
    });
    assert.deepEqual(inputs.offlineStoreConfig, {
      s3StorageConfig: { kmsKeyId: key("offline"), s3Uri: "s3://features/offline/" },
      tableFormat: "Iceberg",
    });
  });

  it("hands the columns over in their order", async () => {
    const { inputs } = find(await recordGroup(), TYPE);

    assert.deepEqual(inputs.featureDefinitions, [
      { featureName: "area", featureType: "Integral" },
      { featureName: "event_time", featureType: "String" },
      { featureName: "rain", featureType: "Fractional" },
    ]);
    assert.equal(inputs.recordIdentifierFeatureName, "area");
    assert.equal(inputs.eventTimeFeatureName, "event_time");
  });

  it("is not replaced when its features change, and not deleted where it is protected", async () => {
    const recording = await recordGroup({}, { protect: true });

    const group = find(recording, TYPE);
    assert.deepEqual(group.ignoreChanges, [
      "description",
      "featureDefinitions",
      "offlineStoreConfig",
      "onlineStoreConfig.enableOnlineStore",
      "onlineStoreConfig.securityConfig",
      "onlineStoreConfig.storageType",
      "roleArn",
    ]);
    assert.equal(group.protect, true);
    assert.equal(find(await recordGroup(), TYPE).protect, false);
  });

  it("has no unknown input in a first preview when its wiring is known", async () => {
    const { inputs } = find(await recordGroup({}, { preview: true }), TYPE);

    assert.doesNotMatch(JSON.stringify(inputs), /\$unknown/);
  });

  const column = (name: string) => ({ name, type: "String" as const });
  const rejections: [string, Partial<VersionedFeatureGroupArgs>, RegExp][] = [
    [
      "a name that SageMaker rejects",
      { groupName: "-weather-v1" },
      /"-weather-v1": allowed are 1 to 64 letters/,
    ],
    ["a name that is too long", { groupName: `${"w".repeat(64)}-v1` }, /allowed are 1 to 64 letters/],
    ["a name without a version", { groupName: "shop-weather" }, /has to end in its version, -v1, -v2/],
    ["a reserved column", { columns: [...args.columns, column("write_time")] }, /"write_time" is reserved/],
    [
      "a malformed column",
      { columns: [...args.columns, column("_rain")] },
      /column "_rain"; allowed are 1 to 64/,
    ],
    ["a column that is there twice", { columns: [...args.columns, column("rain")] }, /"rain" is there twice/],
    [
      "an identifier that is no column",
      { recordIdentifier: "place" },
      /identifier "place" is not one of its columns/,
    ],
    ["an event time that is no text", { eventTime: "rain" }, /"rain" has to be a String column \(Iceberg\)/],
    ["records that never live", { onlineTtlDays: 0 }, /onlineTtlDays is 0; allowed: a positive integer/],
    [
      "more columns than a group has",
      { columns: Array.from({ length: 2501 }, (_, i) => column(`c${i}`)) },
      /2501 columns; allowed: at most 2500/,
    ],
  ];
  for (const [what, changes, message] of rejections) {
    it(`rejects ${what}`, async () => {
      await assert.rejects(recordGroup(changes), message);
    });
  }
});
