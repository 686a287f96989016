import assert from "node:assert/strict";
import { deepArImageUri } from "../../components/deepar-image";

describe("deepArImageUri", () => {
  it("is Tokyo's registry, another one than XGBoost's", () => {
    assert.equal(
      deepArImageUri("ap-northeast-1"),
      "633353088612.dkr.ecr.ap-northeast-1.amazonaws.com/forecasting-deepar:1",
    );
  });

  it("rejects a region whose registry it does not know", () => {
    assert.throws(() => deepArImageUri("eu-west-9"), {
      message: 'the DeepAR image has no known registry in region "eu-west-9"; known: ap-northeast-1',
    });
  });
});
