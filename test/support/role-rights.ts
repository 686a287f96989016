import type { Recording } from "../../preview/recorded-resource";
import type { Statement } from "../../components/policy-document";
import { statementsOf } from "./statements";

/** What a role may do: the statements of the policies that are attached to it, wherever they stand in the program. */
export function rightsOfRole({ resources }: Recording, roleName: string): Statement[] {
  const attached = resources
    .filter(({ type, inputs }) => type.endsWith(":RolePolicyAttachment") && inputs.role === roleName)
    .map(({ inputs }) => inputs.policyArn);
  const policies = resources.filter(
    ({ type, outputs }) => type.endsWith(":Policy") && attached.includes(outputs.arn ?? ""),
  );
  if (policies.length !== attached.length) throw new Error(`${roleName} has policies that nobody knows`);
  return policies.flatMap(({ inputs }) => statementsOf(inputs.policy));
}
