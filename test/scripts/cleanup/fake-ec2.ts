import { AwsFault, type Answer, type Request } from "./fake-wire";
import type { AccountState } from "./fake-state";

/** EC2's and STS's protocol: a form in, XML out. */
export function ec2Answer(state: AccountState, operation: string, { body }: Request): Answer {
  const form = new URLSearchParams(body);
  const groupId = form.get("GroupId") ?? "";
  switch (operation) {
    case "GetCallerIdentity":
      return {
        xml: `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${state.accountId}</Account><Arn>arn:aws:iam::${state.accountId}:user/test</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      };
    case "DescribeVpcs":
      return {
        xml: response(
          "DescribeVpcs",
          "vpcSet",
          [...state.ourVpcs].map((id) => `<vpcId>${id}</vpcId>`),
        ),
      };
    case "DescribeSecurityGroups": {
      const vpcs = [...form].filter(([key]) => key.startsWith("Filter.1.Value")).map(([, value]) => value);
      const groups = [...state.securityGroups].filter(([, { vpcId }]) => vpcs.includes(vpcId));
      return { xml: response("DescribeSecurityGroups", "securityGroupInfo", groups.map(groupXml)) };
    }
    case "RevokeSecurityGroupIngress": {
      const group = state.securityGroups.get(groupId);
      if (group?.rules.length === 0) throw new AwsFault("InvalidPermission.NotFound", "no such rule");
      if (group) group.rules = [];
      return { xml: response(operation, "none", []) };
    }
    case "DeleteSecurityGroup": {
      if ([...state.securityGroups.values()].some(({ rules }) => rules.includes(groupId)))
        throw new AwsFault("DependencyViolation", `${groupId} has a dependent object`);
      if (!state.securityGroups.delete(groupId)) throw new AwsFault("InvalidGroup.NotFound", "no such group");
      return { xml: response(operation, "none", []) };
    }
    default:
      throw new Error(`the fake account knows no ec2 ${operation}`);
  }
}

function response(operation: string, list: string, items: readonly string[]): string {
  const set = items.map((item) => `<item>${item}</item>`).join("");
  return `<${operation}Response><${list}>${set}</${list}></${operation}Response>`;
}

function groupXml([id, { name, rules }]: [
  string,
  { readonly name: string; readonly rules: readonly string[] },
]): string {
  const pairs = rules.map((rule) => `<item><groupId>${rule}</groupId></item>`).join("");
  const permission = `<item><ipProtocol>tcp</ipProtocol><fromPort>2049</fromPort><toPort>2049</toPort><groups>${pairs}</groups></item>`;
  return `<groupId>${id}</groupId><groupName>${name}</groupName><ipPermissions>${rules.length > 0 ? permission : ""}</ipPermissions>`;
}
