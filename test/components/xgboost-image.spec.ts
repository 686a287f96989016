import assert from "node:assert/strict";
import { xgboostImageUri } from "../../components/xgboost-image";

describe("xgboostImageUri", () => {
  it("is Tokyo's registry and a release that is still patched", () => {
    assert.equal(
      xgboostImageUri("ap-northeast-1"),
      "354813040037.dkr.ecr.ap-northeast-1.amazonaws.com/sagemaker-xgboost:3.2-0",
    );
  });

  it("rejects a region whose registry it does not know", () => {
    assert.throws(() => xgboostImageUri("eu-west-9"), {
      message: 'the XGBoost image has no known registry in region "eu-west-9"; known: ap-northeast-1',
    });
  });
});
