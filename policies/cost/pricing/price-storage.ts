import { charge, unpriced } from "./charge";
import { inputAt, numberAt, textAt } from "./planned-resource";
import type { Pricers } from "./pricer";
import { usageFor } from "./usage";

export const STORAGE_PRICERS: Pricers = {
  "aws:s3/bucket:Bucket": (bucket, { prices, usage }) => [
    charge(prices, bucket, {
      what: "stored objects",
      quantity: usageFor(usage.bucketGigabytes, bucket.name),
      priceKey: "s3-storage",
      assumptions: ["bucketGigabytes"],
    }),
    charge(prices, bucket, {
      what: "write requests",
      quantity: usage.bucketWriteThousands,
      priceKey: "s3-put",
      assumptions: ["bucketWriteThousands"],
    }),
    charge(prices, bucket, {
      what: "read requests",
      quantity: usage.bucketReadThousands,
      priceKey: "s3-get",
      assumptions: ["bucketReadThousands"],
    }),
  ],
  "aws:ecr/repository:Repository": (repository, { prices, usage }) => [
    charge(prices, repository, {
      what: "stored images",
      quantity: usage.repositoryGigabytes,
      priceKey: "ecr-storage",
      assumptions: ["repositoryGigabytes"],
    }),
  ],
  "aws:sagemaker/featureGroup:FeatureGroup": (group, { prices, usage }) => {
    // An offline store is objects in its bucket: they are counted with the bucket.
    if (inputAt(group.inputs, ["onlineStoreConfig", "enableOnlineStore"]) !== true) return [];
    if (inputAt(group.inputs, ["onlineStoreConfig", "storageType"]) === "InMemory")
      return [unpriced(group, "online store", "no price for the InMemory tier")];
    if (inputAt(group.inputs, ["throughputConfig", "throughputMode"]) === "Provisioned")
      return [unpriced(group, "online store", "no price for provisioned throughput")];
    return (
      [
        ["online writes", "featureWritesPerMonth", "feature-store-write"],
        ["online reads", "featureReadsPerMonth", "feature-store-read"],
        ["online storage", "featureGigabytes", "feature-store-storage"],
      ] as const
    ).map(([what, key, priceKey]) =>
      charge(prices, group, {
        what,
        quantity: usageFor(usage[key], group.name),
        priceKey,
        assumptions: [key],
      }),
    );
  },
  "aws:dynamodb/table:Table": (table, { prices, usage }) => {
    const mode = textAt(table.inputs, "billingMode") ?? "PROVISIONED";
    const storage = charge(prices, table, {
      what: "table storage",
      quantity: usage.tableGigabytes,
      priceKey: "dynamodb-storage",
      assumptions: ["tableGigabytes"],
    });
    if (mode !== "PAY_PER_REQUEST") {
      const units = [numberAt(table.inputs, "readCapacity"), numberAt(table.inputs, "writeCapacity")];
      return [
        storage,
        unpriced(table, `provisioned ${units.map(String).join("/")} units`, "no price for them"),
      ];
    }
    return [
      storage,
      charge(prices, table, {
        what: "table writes",
        quantity: usage.tableWritesPerMonth,
        priceKey: "dynamodb-write",
        assumptions: ["tableWritesPerMonth"],
      }),
      charge(prices, table, {
        what: "table reads",
        quantity: usage.tableReadsPerMonth,
        priceKey: "dynamodb-read",
        assumptions: ["tableReadsPerMonth"],
      }),
    ];
  },
};
