import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createContainers, type Containers } from "../../stacks/containers";
import { createKeys } from "../../stacks/keys";
import { testContext } from "../support/context";
import { find, listing, record } from "../support/record";
import { valueOf } from "../support/value-of";

const DIGEST = `123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/jobs@sha256:${"a".repeat(64)}`;

function recordContainers(changes: Record<string, unknown> = {}, options: { preview?: boolean } = {}) {
  let made: Containers | undefined;
  return record(() => {
    const context = testContext("prod", changes);
    made = createContainers(context, { keys: createKeys(context) });
  }, options).then((recording) => ({ recording, made }));
}

describe("createContainers", () => {
  it("builds the processing image from this repository where no digest is set", async () => {
    const { recording, made } = await recordContainers();

    const { inputs } = find(recording, "awsx:ecr:Image");
    assert.deepEqual(
      [inputs.context, inputs.dockerfile, inputs.platform],
      [".", "containers/processing/Dockerfile", "linux/amd64"],
    );
    assert.ok(existsSync(String(inputs.dockerfile)));
    assert.match(String(made && (await valueOf(made.processingImageUri))), /@sha256:[0-9a-f]{64}$/);
  });

  it("takes an image by digest and builds nothing where one is set", async () => {
    const { recording, made } = await recordContainers({ processingImageUri: DIGEST });

    assert.equal(
      listing(recording).some((line) => line.startsWith("awsx:ecr:Image")),
      false,
    );
    assert.equal(made && (await valueOf(made.processingImageUri)), DIGEST);
    assert.equal(find(recording, "aws:ecr/repository:Repository").name, "processing-images");
  });

  it("names the repository after the environment and encrypts it with the operations key", async () => {
    const { recording } = await recordContainers();

    const { inputs } = find(recording, "aws:ecr/repository:Repository");
    const key = find(recording, "aws:kms/key:Key", "operations-key").outputs.arn;
    assert.equal(inputs.name, "smartretail-prod-processing");
    assert.deepEqual(inputs.encryptionConfigurations, [{ encryptionType: "KMS", kmsKey: key }]);
  });

  it("lets images go with the repository only where data may go", async () => {
    const { recording: kept } = await recordContainers();
    const { recording: emptied } = await recordContainers({
      protectData: false,
      emptyBucketsOnDestroy: true,
    });

    assert.equal(find(kept, "aws:ecr/repository:Repository").inputs.forceDelete, false);
    assert.equal(find(emptied, "aws:ecr/repository:Repository").inputs.forceDelete, true);
  });
});
