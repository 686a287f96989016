/** How long a bucket keeps what, and where. Days count from an object's creation. */
export interface Lifecycle {
  /** Days until a current object expires. @default never */
  readonly expireAfterDays?: number;
  /** Days that a replaced or deleted version can still be brought back. */
  readonly keepNoncurrentDays: number;
  /** Cheaper storage classes, in order of their days. @default none */
  readonly tiers?: readonly Tier[];
}

export interface Tier {
  readonly afterDays: number;
  /** Classes that are read within milliseconds, so that no job has to know. */
  readonly storageClass: "STANDARD_IA" | "GLACIER_IR" | "INTELLIGENT_TIERING";
}

/** S3 bills what a broken upload left until somebody aborts it. */
const ABORT_UPLOADS_AFTER_DAYS = 7;
/** Days that a class bills at least; moving an object there shortly before it expires costs more than leaving it. */
const MINIMUM_BILLED_DAYS = { STANDARD_IA: 30, GLACIER_IR: 90, INTELLIGENT_TIERING: 0 } as const;
/** S3 rejects moving objects to STANDARD_IA any earlier. */
const STANDARD_IA_AFTER_DAYS_MIN = 30;

/** @throws Error naming the argument, its value and what is allowed */
export function validateLifecycle(
  name: string,
  { expireAfterDays, keepNoncurrentDays, tiers }: Lifecycle,
): void {
  const reject = (what: string, value: number, allowed: string) => {
    throw new Error(`${name}: lifecycle.${what} is ${value}; allowed: ${allowed}`);
  };
  const isDays = (value: number) => Number.isInteger(value) && value >= 1;
  if (expireAfterDays !== undefined && !isDays(expireAfterDays)) {
    reject("expireAfterDays", expireAfterDays, "a whole number of days from 1");
  }
  if (!isDays(keepNoncurrentDays)) {
    reject("keepNoncurrentDays", keepNoncurrentDays, "a whole number of days from 1");
  }
  for (const [index, { afterDays, storageClass }] of (tiers ?? []).entries()) {
    const previous = tiers?.[index - 1]?.afterDays ?? -1;
    if (afterDays <= previous) reject(`tiers.${index}.afterDays`, afterDays, `more than ${previous}`);
    if (storageClass === "STANDARD_IA" && afterDays < STANDARD_IA_AFTER_DAYS_MIN) {
      reject(`tiers.${index}.afterDays`, afterDays, `at least ${STANDARD_IA_AFTER_DAYS_MIN} for STANDARD_IA`);
    }
  }
}

/** The rules of a bucket. A tier whose minimum charge would outlast the objects is left out. */
export function lifecycleRules({ expireAfterDays, keepNoncurrentDays, tiers = [] }: Lifecycle) {
  const worthwhile = tiers.filter(
    ({ afterDays, storageClass }) =>
      expireAfterDays === undefined || afterDays + MINIMUM_BILLED_DAYS[storageClass] <= expireAfterDays,
  );
  const everything = { status: "Enabled", filter: { prefix: "" } };
  return [
    {
      id: "abort-incomplete-uploads",
      ...everything,
      abortIncompleteMultipartUpload: { daysAfterInitiation: ABORT_UPLOADS_AFTER_DAYS },
    },
    {
      id: "expire-noncurrent-versions",
      ...everything,
      noncurrentVersionExpiration: { noncurrentDays: keepNoncurrentDays },
      // Delete markers without versions go too; S3 takes this or a number of days, not both.
      ...(expireAfterDays === undefined ? { expiration: { expiredObjectDeleteMarker: true } } : {}),
    },
    ...(expireAfterDays === undefined
      ? []
      : [{ id: "expire", ...everything, expiration: { days: expireAfterDays } }]),
    ...(worthwhile.length === 0
      ? []
      : [
          {
            id: "tier",
            ...everything,
            transitions: worthwhile.map(({ afterDays, storageClass }) => ({ days: afterDays, storageClass })),
          },
        ]),
  ];
}
