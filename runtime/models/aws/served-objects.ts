import {
  CopyObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { Category } from "../../../contracts/categories";
import { modelCardKey, servedArchiveKey, servedModelsPrefix } from "../../../contracts/model-artifact";
import type { Variant } from "../../../contracts/variants";
import { unlessGone } from "../../endpoints/aws/gone";
import {
  missingArchive,
  otherContent,
  otherVariant,
  ServedModelError,
  type ServedModels,
} from "../served-models";

/** S3: the key is taken (412), or somebody is writing it right now (409). */
const TAKEN_STATUSES = [409, 412];

/**
 * Served models as objects of the models bucket, copied inside S3. An ETag of an object under KMS says nothing of its content,
 * so the copy is tied to the source by it (If-Match) and compared by size; the name holds a hash of the model anyway.
 */
export class ServedObjects implements ServedModels {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async provide(variant: Variant, category: Category, version: string): Promise<"kept" | "copied"> {
    const other = otherVariant(variant);
    const key = servedArchiveKey(variant, category, version);
    const sourceKey = servedArchiveKey(other, category, version);
    const [found, source] = await Promise.all([this.head(key), this.head(sourceKey)]);
    if (found) {
      if (source) checkSize(key, found, source);
      return "kept";
    }
    if (!source) throw missingArchive(variant, category, version);
    // The card first: an archive is never without one. The first model of an account has none.
    const cardKey = modelCardKey(category, version);
    const card = await this.head(servedModelsPrefix(other) + cardKey);
    if (card)
      await this.copy(servedModelsPrefix(other) + cardKey, card, servedModelsPrefix(variant) + cardKey);
    await this.copy(sourceKey, source, key);
    const copied = await this.head(key);
    if (!copied) throw new ServedModelError(`${key} was copied and is not there`);
    checkSize(key, copied, source);
    return "copied";
  }

  /** Undefined where there is no such object; told apart from a forbidden one by the right to list. */
  private head(key: string): Promise<HeadObjectCommandOutput | undefined> {
    return unlessGone(this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key })));
  }

  /** Under the key of its source, and only where nothing lies yet: the role may not replace what is served. */
  private async copy(from: string, source: HeadObjectCommandOutput, to: string): Promise<void> {
    const { ETag, ServerSideEncryption, SSEKMSKeyId } = source;
    try {
      await this.client.send(
        new CopyObjectCommand({
          Bucket: this.bucket,
          Key: to,
          CopySource: `${this.bucket}/${from}`,
          CopySourceIfMatch: ETag,
          IfNoneMatch: "*",
          ServerSideEncryption,
          SSEKMSKeyId,
        }),
      );
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      // Somebody was quicker; whoever asks looks at it afterwards.
      if (status !== undefined && TAKEN_STATUSES.includes(status)) return;
      throw error;
    }
  }
}

function checkSize(key: string, found: HeadObjectCommandOutput, source: HeadObjectCommandOutput): void {
  if (found.ContentLength !== source.ContentLength)
    throw otherContent(key, found.ContentLength ?? 0, source.ContentLength ?? 0);
}
