import assert from "node:assert/strict";
import { ModelRepository, type ModelRepositoryArgs } from "../../components/model-repository";
import { find, listing, record } from "../support/record";

const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/lake";
const args: ModelRepositoryArgs = {
  bucket: "models",
  kmsKeyArn: KEY,
  prefix: "mme/champion/",
  models: ["drinks", "food"],
  bootstrapVersion: "bootstrap-1f2e3d4c",
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
      key: "mme/champion/drinks/bootstrap-1f2e3d4c.tar.gz",
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
    assert.equal(inputs.insecureValue, "bootstrap-1f2e3d4c");
    const pattern = new RegExp(String(inputs.allowedPattern));
    assert.deepEqual(
      ["20260927-f2a3107e", "bootstrap-1f2e3d4c", "v7", "latest", "20260927-f2a3107e/../x", ""].map(
        (version) => pattern.test(version),
      ),
      [true, true, false, false, false, false],
    );
  });

  it("keeps the first artifact when the program has another one: the live pointer may name it", async () => {
    const { resources } = await recordRepository();

    const artifacts = resources.filter(({ type }) => type === "aws:s3/bucketObjectv2:BucketObjectv2");
    assert.ok(artifacts.every(({ retainOnDelete }) => retainOnDelete));
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
      "a version that is none",
      { bootstrapVersion: "first" },
      /bootstrapVersion is "first"; allowed: a day or "bootstrap" and 8 hex digits/,
    ],
    ["an empty repository", { models: [] }, /models has no entry; allowed: at least one model/],
  ];
  for (const [what, changes, message] of rejections) {
    it(`rejects ${what}`, async () => {
      await assert.rejects(recordRepository(changes), message);
    });
  }
});
