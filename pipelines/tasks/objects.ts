import { jsonata } from "../../asl/expression";
import type { Assignments, Json, TaskState } from "../../asl/states";
import type { DataBucketPurpose } from "../../contracts/buckets";
import type { MachinePlace } from "../place";
import { callTask } from "./call";

/**
 * Small objects of S3, by the machine itself. Whether one is there is asked for by a list: the names of S3's errors for a missing
 * key differ between operations, an empty list is an empty list.
 */

/** @param key text or source of an expression; assigns `variable` true or false */
export function isThere(
  place: MachinePlace,
  bucket: DataBucketPurpose,
  key: Json,
  variable: string,
  more: Assignments = {},
): TaskState {
  return callTask(
    "aws-sdk:s3:listObjectsV2",
    { Bucket: place.buckets[bucket], Prefix: key, MaxKeys: 1 },
    { assign: { [variable]: jsonata("$states.result.KeyCount > 0"), ...more } },
  );
}

/** Reads a JSON document; `assign` takes its values from `DOCUMENT`. */
export function readDocument(
  place: MachinePlace,
  bucket: DataBucketPurpose,
  key: Json,
  assign: Assignments,
): TaskState {
  return callTask("aws-sdk:s3:getObject", { Bucket: place.buckets[bucket], Key: key }, { assign });
}

/** Source of the document that `readDocument` has read. */
export const DOCUMENT = "$parse($states.result.Body)";

/** Writes a JSON document with one PUT: readers see the old one or the new one. */
export function writeDocument(
  place: MachinePlace,
  bucket: DataBucketPurpose,
  key: Json,
  document: string,
): TaskState {
  return callTask("aws-sdk:s3:putObject", {
    Bucket: place.buckets[bucket],
    Key: key,
    Body: jsonata(`$string(${document})`),
    ContentType: "application/json",
    ServerSideEncryption: "aws:kms",
    SSEKMSKeyId: place.kmsKeyArn,
  });
}
