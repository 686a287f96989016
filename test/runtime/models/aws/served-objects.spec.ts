import assert from "node:assert/strict";
import { S3Client, type S3ClientConfig, S3ServiceException } from "@aws-sdk/client-s3";
import { ServedObjects } from "../../../../runtime/models/aws/served-objects";

const VERSION = "20260920-bbbbbbbb";
const KEY_ARN = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
const CHAMPIONS = `mme/champion/drinks/${VERSION}.tar.gz`;
const CHALLENGERS = `mme/challenger/drinks/${VERSION}.tar.gz`;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A bucket on the other side of the wire: sizes by key. `before` may answer a request itself. */
function bucketOf(
  sizes: Record<string, number>,
  before: (sent: Sent) => number | undefined = () => undefined,
) {
  const sent: Sent[] = [];
  const answer = (statusCode: number, headers: Record<string, string> = {}, body = "") =>
    Promise.resolve({ response: { statusCode, headers, body: Buffer.from(body) } });
  const requestHandler = {
    handle: (request: Sent) => {
      sent.push(request);
      const key = request.path.slice(1);
      const given = before(request);
      if (given !== undefined)
        return answer(given, {}, given === 404 || request.method === "HEAD" ? "" : "<Error/>");
      if (request.method === "HEAD") {
        if (sizes[key] === undefined) return answer(404);
        return answer(200, {
          "content-length": String(sizes[key]),
          etag: `"${key}"`,
          "x-amz-server-side-encryption": "aws:kms",
          "x-amz-server-side-encryption-aws-kms-key-id": KEY_ARN,
        });
      }
      if (sizes[key] !== undefined) return answer(412, {}, "<Error><Code>PreconditionFailed</Code></Error>");
      sizes[key] = sizes[request.headers["x-amz-copy-source"]!.replace("models/", "")]!;
      return answer(200, {}, "<CopyObjectResult><ETag>x</ETag></CopyObjectResult>");
    },
  } as unknown as S3ClientConfig["requestHandler"];
  const client = new S3Client({
    region: "ap-northeast-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
    ...(requestHandler ? { requestHandler } : {}),
  });
  const puts = () => sent.filter(({ method }) => method === "PUT");
  return { served: new ServedObjects(client, "models"), sizes, puts };
}

const isForbidden = (error: unknown) =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403;

describe("ServedObjects", () => {
  it("copies inside S3: under the source's key, if the source is still it, where nothing lies yet", async () => {
    const { served, puts, sizes } = bucketOf({
      [CHALLENGERS]: 700,
      [CHALLENGERS.replace("tar.gz", "card.json")]: 90,
    });

    assert.equal(await served.provide("champion", "drinks", VERSION), "copied");
    assert.equal(await served.provide("champion", "drinks", VERSION), "kept");

    assert.deepEqual(
      puts().map(({ path }) => path),
      [`/${CHAMPIONS.replace("tar.gz", "card.json")}`, `/${CHAMPIONS}`],
    );
    const { headers } = puts()[1]!;
    assert.equal(headers["x-amz-copy-source"], `models/${CHALLENGERS}`);
    assert.equal(headers["x-amz-copy-source-if-match"], `"${CHALLENGERS}"`);
    assert.equal(headers["if-none-match"], "*");
    assert.equal(headers["x-amz-server-side-encryption"], "aws:kms");
    assert.equal(headers["x-amz-server-side-encryption-aws-kms-key-id"], KEY_ARN);
    assert.equal(sizes[CHAMPIONS], 700);
  });

  it("refuses what is nowhere, and another file under the name", async () => {
    await assert.rejects(
      bucketOf({}).served.provide("champion", "drinks", VERSION),
      /no archive of 20260920-bbbbbbbb/,
    );
    const other = bucketOf({ [CHALLENGERS]: 700, [CHAMPIONS]: 12 });
    await assert.rejects(other.served.provide("champion", "drinks", VERSION), /has 12 bytes, .* has 700/);
    assert.equal(other.puts().length, 0);
  });

  it("takes the copy of somebody who was quicker, after looking at it", async () => {
    for (const bytes of [700, 12]) {
      const bucket = bucketOf({ [CHALLENGERS]: 700 }, ({ method }) => {
        if (method === "PUT") bucket.sizes[CHAMPIONS] = bytes;
        return undefined;
      });
      const done = bucket.served.provide("champion", "drinks", VERSION);
      if (bytes === 700) assert.equal(await done, "copied");
      else await assert.rejects(done, /has 12 bytes/);
    }
  });

  it("fails where S3 forbids or fails, and where a copy is not there afterwards", async () => {
    const forbidden = bucketOf({ [CHALLENGERS]: 700 }, () => 403);
    await assert.rejects(forbidden.served.provide("champion", "drinks", VERSION), isForbidden);
    for (const status of [403, 500, 503]) {
      const { served, sizes } = bucketOf({ [CHALLENGERS]: 700 }, ({ method }) =>
        method === "PUT" ? status : undefined,
      );
      await assert.rejects(served.provide("champion", "drinks", VERSION), `${status}`);
      assert.equal(sizes[CHAMPIONS], undefined);
    }
    const lost = bucketOf({ [CHALLENGERS]: 700 }, ({ method }) => (method === "PUT" ? 409 : undefined));
    await assert.rejects(lost.served.provide("champion", "drinks", VERSION), /was copied and is not there/);
  });
});
