import type { ResourceRule } from "../../../kit";

export const smModelInVpc: ResourceRule = {
  id: "sm-model-in-vpc",
  title: "Models read their artifacts through the VPC",
  severity: "medium",
  rationale: "Only traffic of the VPC passes the bucket policies that demand the VPC endpoint.",
  anchors: ["sagemaker-model-in-vpc", "sagemaker_models_vpc_settings_configured"],
  guards: { "aws:sagemaker/model:Model": ["vpcConfig.subnets", "vpcConfig.securityGroupIds"] },
  remedy:
    "Set vpcConfig.subnets and vpcConfig.securityGroupIds; models of serverless endpoints need an exemption or the option.",
  options: {
    required: {
      type: "boolean",
      description: "Off where models serve serverless endpoints, which accept no VPC configuration.",
      default: true,
    },
  },
  check: (model) => {
    if (!model.option<boolean>("required")) return;
    model.present("vpcConfig.subnets", "the model is in no subnet of ours");
    model.present("vpcConfig.securityGroupIds", "the model has no security group of ours");
  },
};
