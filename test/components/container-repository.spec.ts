import assert from "node:assert/strict";
import { ContainerRepository, type ContainerRepositoryArgs } from "../../components/container-repository";
import { find, listing, record } from "../support/record";

const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/operations";
const args: ContainerRepositoryArgs = { repositoryName: "shop-jobs", kmsKeyArn: KEY, keptImageCount: 30 };

function recordRepository(changes: Partial<ContainerRepositoryArgs> = {}, preview = false) {
  return record(() => void new ContainerRepository("jobs", { ...args, ...changes }), { preview });
}

describe("ContainerRepository", () => {
  it("makes a repository and its lifecycle policy", async () => {
    assert.deepEqual(listing(await recordRepository()), [
      "aws:ecr/lifecyclePolicy:LifecyclePolicy jobs-lifecycle",
      "aws:ecr/repository:Repository jobs-images",
      "smartretail:containers:ContainerRepository jobs",
    ]);
  });

  it("encrypts with the given key, scans every push and takes no tag twice", async () => {
    const { inputs } = find(await recordRepository(), "aws:ecr/repository:Repository");

    assert.deepEqual(inputs, {
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: KEY }],
      forceDelete: false,
      imageScanningConfiguration: { scanOnPush: true },
      imageTagMutability: "IMMUTABLE",
      name: "shop-jobs",
    });
  });

  it("keeps the newest images and drops what has no tag", async () => {
    const { inputs } = find(
      await recordRepository({ keptImageCount: 5, untaggedDays: 3 }),
      "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    );

    const { rules } = JSON.parse(String(inputs.policy)) as { rules: { selection: unknown }[] };
    assert.deepEqual(
      rules.map(({ selection }) => selection),
      [
        { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 3 },
        { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 5 },
      ],
    );
  });

  it("deletes images with the repository where it is told to", async () => {
    const { inputs } = find(await recordRepository({ deleteImages: true }), "aws:ecr/repository:Repository");

    assert.equal(inputs.forceDelete, true);
  });

  it("keeps at least one image", async () => {
    await assert.rejects(recordRepository({ keptImageCount: 0 }), {
      message: 'keptImageCount of repository "shop-jobs" is 0; allowed: an integer from 1 to 1000',
    });
  });

  it("has a known lifecycle in a first preview", async () => {
    const { inputs } = find(await recordRepository({}, true), "aws:ecr/lifecyclePolicy:LifecyclePolicy");

    assert.equal(typeof inputs.policy, "string");
  });
});
