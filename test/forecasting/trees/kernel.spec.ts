import assert from "node:assert/strict";
import { SCORE_KERNEL_BASE64 } from "../../../forecasting/trees/kernel/score-kernel-bytes";
import { TRAIN_KERNEL_BASE64 } from "../../../forecasting/trees/kernel/train-kernel-bytes";
import { assembleKernel, KERNELS } from "../../../scripts/assemble-kernel";

describe("assembleKernel", () => {
  const committed = { "train-kernel": TRAIN_KERNEL_BASE64, "score-kernel": SCORE_KERNEL_BASE64 };

  for (const name of KERNELS) {
    it(`gives the committed bytes of ${name} from its text`, async () => {
      const bytes = await assembleKernel(name);

      assert.equal(Buffer.from(bytes).toString("base64"), committed[name]);
    });
  }
});
