import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { ObjectStore, StoredObject, WriteCondition } from "../object-store";

/** What S3 answers when a condition does not hold: it never did, or another write came in between. */
const CONDITION_STATUSES = [409, 412];

/** Objects of a bucket. */
export class S3Objects implements ObjectStore {
  public constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  public async get(key: string): Promise<StoredObject | undefined> {
    try {
      const { Body, ETag } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return { content: Buffer.from(await Body!.transformToByteArray()), etag: ETag! };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  public async put(key: string, content: string, condition: WriteCondition): Promise<string | undefined> {
    try {
      const { ETag } = await this.client.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: key,
          Body: content,
          ContentType: "application/json",
          ...("ifMatch" in condition ? { IfMatch: condition.ifMatch } : { IfNoneMatch: "*" }),
        }),
      );
      return ETag;
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status !== undefined && CONDITION_STATUSES.includes(status)) return undefined;
      throw error;
    }
  }
}
