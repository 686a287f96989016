import type { PolicyDocument, ResourceCheck } from "../../../kit";

export const KEY = "aws:kms/key:Key";
export const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";

export const KEY_POLICY_PATHS = { [KEY]: ["policy"], [KEY_POLICY]: ["policy"] };

export function keyPolicy(resource: ResourceCheck): PolicyDocument | undefined {
  return resource.policy("policy");
}
