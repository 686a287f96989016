import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  type S3Client,
} from "@aws-sdk/client-s3";
import { cleanupStep, type Remnant } from "../cleanup-step";
import type { CleanupScope } from "../cleanup-scope";
import { unlessGone } from "../../../runtime/endpoints/aws/gone";
import { storageUsd } from "../prices";

interface Contents {
  readonly versions: readonly ObjectIdentifier[];
  readonly bytes: number;
}

/**
 * Object versions, delete markers and unfinished uploads; the bucket itself goes with `pulumi destroy`. Every call names
 * the account that must own the bucket.
 */
export function bucketsStep(client: S3Client, { bucketNames, accountId }: CleanupScope) {
  return cleanupStep({
    kind: "bucket contents",
    isWaitedFor: false,
    find: async () => {
      const found: Remnant[] = [];
      for (const name of bucketNames) {
        const remnant = await describe(client, name, accountId);
        if (remnant !== undefined) found.push(remnant);
      }
      return found;
    },
    remove: ({ name }) => empty(client, name, accountId),
  });
}

async function describe(client: S3Client, name: string, accountId: string): Promise<Remnant | undefined> {
  let count = 0;
  let bytes = 0;
  for await (const page of pages(client, name, accountId)) {
    count += page.versions.length;
    bytes += page.bytes;
  }
  const uploads = (await unfinishedUploads(client, name, accountId)).length;
  if (count + uploads === 0) return undefined;
  const size = `${count.toLocaleString("en-US")} versions, ${(bytes / 1e9).toFixed(2)} GB`;
  const detail = uploads === 0 ? size : `${size}, ${uploads} unfinished uploads`;
  return { name, detail, monthlyUsd: storageUsd(bytes, "s3-storage") };
}

async function empty(client: S3Client, Bucket: string, ExpectedBucketOwner: string): Promise<void> {
  for await (const { versions } of pages(client, Bucket, ExpectedBucketOwner)) {
    if (versions.length === 0) continue;
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({
        Bucket,
        ExpectedBucketOwner,
        Delete: { Objects: [...versions], Quiet: true },
      }),
    );
    // The whole request succeeds when single deletions are denied.
    const [first] = Errors;
    if (first) throw new Error(`${Errors.length} versions stay, such as ${first.Key}: ${first.Code}`);
  }
  for (const { Key, UploadId } of await unfinishedUploads(client, Bucket, ExpectedBucketOwner)) {
    const upload = { Bucket, ExpectedBucketOwner, Key, UploadId };
    await unlessGone(client.send(new AbortMultipartUploadCommand(upload)));
  }
}

/** Pages of at most 1,000 versions and delete markers: what one DeleteObjects takes. Nothing for a bucket that is gone. */
async function* pages(
  client: S3Client,
  Bucket: string,
  ExpectedBucketOwner: string,
): AsyncGenerator<Contents> {
  let KeyMarker: string | undefined;
  let VersionIdMarker: string | undefined;
  do {
    const page = await unlessGone(
      client.send(new ListObjectVersionsCommand({ Bucket, ExpectedBucketOwner, KeyMarker, VersionIdMarker })),
    );
    if (page === undefined) return;
    const versions = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    yield {
      versions: versions.map(({ Key, VersionId }) => ({ Key, VersionId })),
      bytes: (page.Versions ?? []).reduce((sum, { Size = 0 }) => sum + Size, 0),
    };
    ({ NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page);
  } while (KeyMarker !== undefined);
}

async function unfinishedUploads(client: S3Client, Bucket: string, ExpectedBucketOwner: string) {
  const found: { readonly Key?: string; readonly UploadId?: string }[] = [];
  let KeyMarker: string | undefined;
  let UploadIdMarker: string | undefined;
  do {
    const page = await unlessGone(
      client.send(
        new ListMultipartUploadsCommand({ Bucket, ExpectedBucketOwner, KeyMarker, UploadIdMarker }),
      ),
    );
    found.push(...(page?.Uploads ?? []));
    KeyMarker = page?.IsTruncated === true ? page.NextKeyMarker : undefined;
    UploadIdMarker = page?.NextUploadIdMarker;
  } while (KeyMarker !== undefined);
  return found;
}
