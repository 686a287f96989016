import type { ResourceCheck } from "../../../kit";

export const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** `com.amazonaws.ap-northeast-1.ecr.api` -> `ecr.api`; `aws.sagemaker.ap-northeast-1.studio` -> `sagemaker.studio`. */
export function serviceOf(endpoint: ResourceCheck): string | undefined {
  const name = endpoint.at("serviceName").read<string>();
  const studio = /^aws\.sagemaker\.[a-z0-9-]+\.(\w+)$/.exec(name ?? "")?.[1];
  return studio ? `sagemaker.${studio}` : name?.replace(/^com\.amazonaws\.[a-z0-9-]+\./, "");
}

export function isInterface(endpoint: ResourceCheck): boolean {
  return endpoint.at("vpcEndpointType").read<string>("Gateway") === "Interface";
}
