import type { ResourceCheck, StackCheck, StackRule } from "../../../kit";
import { REST_API, STAGE } from "./rest-apis";

const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";

export const apiWaf: StackRule = {
  id: "api-waf",
  title: "Public REST API stages are behind a web application firewall",
  severity: "medium",
  rationale:
    "Bots and floods are turned away before they reach a function. Private APIs need none, HTTP APIs can have none.",
  controls: ["CKV2_AWS_29", "APIGateway.4", "APIGWAssociatedWithWAF"],
  inspects: { [STAGE]: [], [ASSOCIATION]: ["resourceArn"], [REST_API]: ["endpointConfiguration.types"] },
  remedy: "Add a WebAclAssociation for the stage, or make the API private.",
  checkStack: (stack) => {
    for (const stage of stack.ofType(STAGE)) {
      if (isPrivate(stack, stage) || stack.referring(stage, ASSOCIATION, "resourceArn").length > 0) continue;
      stage.fail("no firewall stands before the stage");
    }
  },
};

function isPrivate(stack: StackCheck, stage: ResourceCheck): boolean {
  const [api] = stack.targets(stage, "restApi", REST_API);
  const types = api?.at("endpointConfiguration.types").known;
  return types === "PRIVATE" || (Array.isArray(types) && types.includes("PRIVATE"));
}
