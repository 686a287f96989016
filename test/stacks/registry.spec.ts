import assert from "node:assert/strict";
import { createRegistry, type Registry } from "../../stacks/registry";
import { testContext } from "../support/context";
import { record } from "../support/record";

const TYPE = "aws:sagemaker/modelPackageGroup:ModelPackageGroup";

async function recordRegistry(stack: "dev" | "prod", preview = false) {
  let made: Registry | undefined;
  const recording = await record(() => void (made = createRegistry(testContext(stack))), { preview });
  return { groups: recording.resources.filter(({ type }) => type === TYPE), made };
}

describe("createRegistry", () => {
  it("makes a group for each category", async () => {
    const { groups, made } = await recordRegistry("prod");

    const names = ["drinks", "food", "daily", "confectionery"].map(
      (category) => `smartretail-prod-${category}`,
    );
    assert.deepEqual(
      groups.map(({ inputs }) => inputs.modelPackageGroupName),
      names,
    );
    assert.equal(
      made?.groups.drinks.arn,
      "arn:aws:sagemaker:ap-northeast-1:123456789012:model-package-group/smartretail-prod-drinks",
    );
  });

  it("protects the record of what was live where data is protected", async () => {
    assert.ok((await recordRegistry("prod")).groups.every(({ protect }) => protect));
    assert.ok((await recordRegistry("dev")).groups.every(({ protect }) => !protect));
  });

  it("knows its names in a first preview", async () => {
    const { groups } = await recordRegistry("dev", true);

    assert.equal(groups[0]?.inputs.modelPackageGroupName, "smartretail-dev-drinks");
  });
});
