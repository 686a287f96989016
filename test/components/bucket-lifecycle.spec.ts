import assert from "node:assert/strict";
import {
  lifecycleRules,
  validateLifecycle,
  type Lifecycle,
  type Tier,
} from "../../components/bucket-lifecycle";

const EVERYTHING = { status: "Enabled", filter: { prefix: "" } };
const rejection = (lifecycle: Lifecycle) => () => validateLifecycle("raw", lifecycle);

describe("lifecycleRules", () => {
  it("aborts broken uploads after a week, whatever the bucket is for", () => {
    assert.deepEqual(lifecycleRules({ keepNoncurrentDays: 30 })[0], {
      id: "abort-incomplete-uploads",
      ...EVERYTHING,
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    });
  });

  it("removes delete markers where nothing expires by age", () => {
    const rules = lifecycleRules({ keepNoncurrentDays: 30 });

    assert.deepEqual(rules.slice(1), [
      {
        id: "expire-noncurrent-versions",
        ...EVERYTHING,
        noncurrentVersionExpiration: { noncurrentDays: 30 },
        expiration: { expiredObjectDeleteMarker: true },
      },
    ]);
  });

  it("expires current objects by age, apart from the versions", () => {
    const rules = lifecycleRules({ expireAfterDays: 90, keepNoncurrentDays: 7 });

    assert.deepEqual(rules.slice(1), [
      { id: "expire-noncurrent-versions", ...EVERYTHING, noncurrentVersionExpiration: { noncurrentDays: 7 } },
      { id: "expire", ...EVERYTHING, expiration: { days: 90 } },
    ]);
  });

  it("moves objects to cheaper classes", () => {
    const tiers: Tier[] = [
      { afterDays: 90, storageClass: "STANDARD_IA" },
      { afterDays: 400, storageClass: "GLACIER_IR" },
    ];

    assert.deepEqual(lifecycleRules({ expireAfterDays: 1095, keepNoncurrentDays: 30, tiers }).at(-1), {
      id: "tier",
      ...EVERYTHING,
      transitions: [
        { days: 90, storageClass: "STANDARD_IA" },
        { days: 400, storageClass: "GLACIER_IR" },
      ],
    });
  });

  it("leaves out a class whose least charge outlasts the objects", () => {
    const tiers: Tier[] = [{ afterDays: 60, storageClass: "STANDARD_IA" }];
    const ids = (expireAfterDays: number) =>
      lifecycleRules({ expireAfterDays, keepNoncurrentDays: 30, tiers }).map(({ id }) => id);

    assert.ok(!ids(89).includes("tier"));
    assert.ok(ids(90).includes("tier"));
  });
});

describe("validateLifecycle", () => {
  it("accepts whole days and rising tiers", () => {
    assert.doesNotThrow(
      rejection({
        expireAfterDays: 1,
        keepNoncurrentDays: 1,
        tiers: [{ afterDays: 0, storageClass: "INTELLIGENT_TIERING" }],
      }),
    );
  });

  it("rejects days that are none", () => {
    assert.throws(rejection({ expireAfterDays: 0, keepNoncurrentDays: 1 }), {
      message: "raw: lifecycle.expireAfterDays is 0; allowed: a whole number of days from 1",
    });
    assert.throws(rejection({ keepNoncurrentDays: 1.5 }), {
      message: "raw: lifecycle.keepNoncurrentDays is 1.5; allowed: a whole number of days from 1",
    });
  });

  it("rejects tiers out of order", () => {
    const tiers: Tier[] = [
      { afterDays: 100, storageClass: "STANDARD_IA" },
      { afterDays: 100, storageClass: "GLACIER_IR" },
    ];

    assert.throws(rejection({ keepNoncurrentDays: 1, tiers }), {
      message: "raw: lifecycle.tiers.1.afterDays is 100; allowed: more than 100",
    });
  });

  it("rejects infrequent access before S3 does", () => {
    assert.throws(
      rejection({ keepNoncurrentDays: 1, tiers: [{ afterDays: 29, storageClass: "STANDARD_IA" }] }),
      {
        message: "raw: lifecycle.tiers.0.afterDays is 29; allowed: at least 30 for STANDARD_IA",
      },
    );
  });
});
