import type { ResourceRule } from "../../../kit";
import { containerPaths, containersOf } from "./containers";

/**
 * Accounts from which AWS serves its algorithm and framework images in Tokyo (ap-northeast-1): XGBoost and scikit-learn,
 * first-party algorithms, DeepAR, deep-learning containers, Clarify and Model Monitor.
 */
const AWS_IMAGE_ACCOUNTS = ["354813040037", "501404015308", "633353088612", "763104351884", "574779866223"];

export const smModelImageAllowlist: ResourceRule = {
  id: "sm-model-image-allowlist",
  title: "Model images come from known accounts and are pinned by digest",
  severity: "high",
  rationale: "A tag can be moved to another image after the review; an unknown account can push anything.",
  controls: [],
  inspects: { "aws:sagemaker/model:Model": containerPaths("image") },
  remedy: "Use an image of an allowed account with @sha256:…; AWS's own images may keep their version tag.",
  options: {
    accounts: {
      type: "array",
      items: { type: "string" },
      description: "Our own accounts with registries. Empty: every private ECR registry is accepted.",
      default: [],
    },
    awsAccounts: {
      type: "array",
      items: { type: "string" },
      description: "Accounts of AWS whose images are accepted by version tag.",
      default: AWS_IMAGE_ACCOUNTS,
    },
    requireDigest: {
      type: "boolean",
      description: "Whether images of our own accounts must be pinned by digest.",
      default: true,
    },
  },
  check: (model) => {
    const own = model.option<string[]>("accounts");
    for (const container of containersOf(model)) {
      const value = container.at("image");
      const image = value.read<string>();
      if (image === undefined) continue;
      const account = /^(\d{12})\.dkr\.ecr/.exec(image)?.[1];
      if (account !== undefined && model.option<string[]>("awsAccounts").includes(account)) continue;
      if (account === undefined || (own.length > 0 && !own.includes(account)))
        value.fail("the image's registry is not allowed");
      else if (model.option<boolean>("requireDigest") && !/@sha256:[0-9a-f]{64}$/.test(image)) {
        value.fail("the image is not pinned by digest");
      }
    }
  },
};
