import type { StackRule } from "../../../kit";
import { ENDPOINT_CONFIGURATION } from "./endpoint-configurations";
import { MODEL, modelsOnInstances } from "./served-models";

export const smModelInVpc: StackRule = {
  id: "sm-model-in-vpc",
  title: "Models read their artifacts through the VPC",
  severity: "medium",
  rationale:
    "Only traffic of the VPC passes the bucket policies that demand the VPC endpoint. Serverless inference has no VPC.",
  controls: ["sagemaker_models_vpc_settings_configured"],
  inspects: {
    [MODEL]: ["vpcConfig.subnets", "vpcConfig.securityGroupIds"],
    [ENDPOINT_CONFIGURATION]: ["productionVariants[*].serverlessConfig"],
  },
  remedy: "Set vpcConfig.subnets and vpcConfig.securityGroupIds.",
  checkStack: (stack) => {
    for (const model of modelsOnInstances(stack)) {
      model.present("vpcConfig.subnets", "the model is in no subnet of ours");
      model.present("vpcConfig.securityGroupIds", "the model has no security group of ours");
    }
  },
};
