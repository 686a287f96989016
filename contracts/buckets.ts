/** Buckets of the data lake, by what they hold; `accessLogs` takes the access logs of the others. */
export const DATA_BUCKETS = ["raw", "processed", "features", "models", "results", "capture"] as const;
export type DataBucketPurpose = (typeof DATA_BUCKETS)[number];
export type BucketPurpose = DataBucketPurpose | "accessLogs";
