import assert from "node:assert/strict";
import { artifactKey, ModelRepository, type ModelRepositoryArgs } from "../../components/model-repository";
import { find, listing, record } from "../support/record";

const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/lake";
const args: ModelRepositoryArgs = {
  bucket: "models",
  kmsKeyArn: KEY,
  prefix: "mme/champion/",
  models: ["drinks", "food"],
  bootstrapVersion: "v0-bootstrap",
  bootstrapArchive: "H4sIAAAA",
  pointerPath: "/shop/models/champion/",
};

function recordRepository(changes: Partial<ModelRepositoryArgs> = {}, preview = false) {
  return record(() => void new ModelRepository("repository", { ...args, ...changes }), { preview });
}

describe("ModelRepository", () => {
  it("makes an artifact and a pointer for each model", async () => {
    assert.deepEqual(listing(await recordRepository()), [
      "aws:s3/bucketObjectv2:BucketObjectv2 repository-drinks-artifact",
      "aws:s3/bucketObjectv2:BucketObjectv2 repository-food-artifact",
      "aws:ssm/parameter:Parameter repository-drinks-pointer",
      "aws:ssm/parameter:Parameter repository-food-pointer",
      "smartretail:serving:ModelRepository repository",
    ]);
  });

  it("puts the first artifact under its version, encrypted with the bucket's key", async () => {
    const { inputs } = find(
      await recordRepository(),
      "aws:s3/bucketObjectv2:BucketObjectv2",
      "repository-drinks-artifact",
    );

    assert.deepEqual(inputs, {
      bucket: "models",
      bucketKeyEnabled: true,
      contentBase64: "H4sIAAAA",
      contentType: "application/gzip",
      key: "mme/champion/drinks/v0-bootstrap.tar.gz",
      kmsKeyId: KEY,
      serverSideEncryption: "aws:kms",
    });
  });

  it("lets the run time move a pointer, to a version and nothing else", async () => {
    const { inputs, ignoreChanges } = find(
      await recordRepository(),
      "aws:ssm/parameter:Parameter",
      "repository-food-pointer",
    );

    assert.deepEqual(ignoreChanges, ["insecureValue"]);
    assert.equal(inputs.name, "/shop/models/champion/food");
    assert.equal(inputs.insecureValue, "v0-bootstrap");
    const pattern = new RegExp(String(inputs.allowedPattern));
    assert.deepEqual(
      ["v7", "v12-tuned", "7", "latest", "v7/../x", ""].map((version) => pattern.test(version)),
      [true, true, false, false, false, false],
    );
  });

  it("names an artifact as a request names its TargetModel", () => {
    assert.equal(artifactKey("drinks", "v7"), "drinks/v7.tar.gz");
  });

  it("is known as a whole in a first preview", async () => {
    const { resources } = await recordRepository({}, true);

    assert.doesNotMatch(JSON.stringify(resources.map(({ inputs }) => inputs)), /\$unknown/);
  });

  const rejections: [string, Partial<ModelRepositoryArgs>, RegExp][] = [
    ["a prefix that is no folder", { prefix: "mme/champion" }, /prefix is "mme\/champion"; allowed: folders/],
    [
      "a pointer path without slashes",
      { pointerPath: "models" },
      /pointerPath is "models"; allowed: a path such as/,
    ],
    [
      "a version without a number",
      { bootstrapVersion: "first" },
      /bootstrapVersion is "first"; allowed: v and a number/,
    ],
    ["an empty repository", { models: [] }, /models has no entry; allowed: at least one model/],
  ];
  for (const [what, changes, message] of rejections) {
    it(`rejects ${what}`, async () => {
      await assert.rejects(recordRepository(changes), message);
    });
  }
});
