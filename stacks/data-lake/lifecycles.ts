import type { Lifecycle, Tier } from "../../components/bucket-lifecycle";
import type { Context } from "../context";
import type { BucketPurpose } from "../../contracts/buckets";

/** Versions that were replaced or deleted can be brought back for this long. */
const NONCURRENT_DAYS = { data: 30, models: 365, transient: 7 };

/** Moves what is not read to cheaper storage and back, by object; everything stays readable within milliseconds. */
const WHEN_UNREAD: Tier = { afterDays: 30, storageClass: "INTELLIGENT_TIERING" };

/** How long each bucket keeps what, and in which storage class. */
export function lifecycleOf({ settings }: Pick<Context, "settings">, purpose: BucketPurpose): Lifecycle {
  const data = { keepNoncurrentDays: NONCURRENT_DAYS.data };
  const transient = { keepNoncurrentDays: NONCURRENT_DAYS.transient };
  const lifecycles: Record<BucketPurpose, Lifecycle> = {
    raw: {
      ...data,
      expireAfterDays: settings.rawRetentionDays,
      // Read when it is cleaned, afterwards only when features are computed anew from the beginning.
      tiers: [
        { afterDays: 90, storageClass: "STANDARD_IA" },
        { afterDays: 400, storageClass: "GLACIER_IR" },
      ],
    },
    // Derived from raw: it must not outlive its source.
    processed: { ...data, expireAfterDays: settings.rawRetentionDays, tiers: [WHEN_UNREAD] },
    // Iceberg decides what is current: expiring a file by age would break the table.
    features: { ...data, tiers: [WHEN_UNREAD] },
    // Immutable keys behind a pointer: a rollback may want any of them, at once.
    models: { keepNoncurrentDays: NONCURRENT_DAYS.models, tiers: [WHEN_UNREAD] },
    results: {
      ...data,
      expireAfterDays: settings.resultsRetentionDays,
      tiers: [{ afterDays: 60, storageClass: "STANDARD_IA" }],
    },
    capture: { ...transient, expireAfterDays: settings.captureRetentionDays },
    // Many small objects: below the 128 KB that cheaper classes bill at least.
    accessLogs: { ...transient, expireAfterDays: settings.accessLogRetentionDays },
  };
  return lifecycles[purpose];
}
