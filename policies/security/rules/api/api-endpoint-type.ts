import type { ResourceRule } from "../../../kit";
import { REST_API } from "./rest-apis";

export const apiEndpointType: ResourceRule = {
  id: "api-endpoint-type",
  title: "REST APIs are private and open to the VPC endpoint only",
  severity: "medium",
  rationale: "The apps of the chain are on its network; a public address only adds strangers.",
  controls: ["guard:api_gw_endpoint_type_check"],
  inspects: { [REST_API]: ["endpointConfiguration.types", "policy"] },
  remedy: 'Set endpointConfiguration.types to "PRIVATE" and a policy that demands aws:SourceVpce.',
  options: {
    types: {
      type: "array",
      items: { type: "string" },
      description: "Accepted types of endpoint: PRIVATE, REGIONAL, EDGE.",
      default: ["PRIVATE"],
    },
  },
  check: (api) => {
    const accepted = api.option<string[]>("types");
    api.require<string | string[]>(
      "endpointConfiguration.types",
      (v) => [v].flat().every((type) => accepted.includes(type)),
      "the type of endpoint is not accepted",
    );
    const types = api.at("endpointConfiguration.types").known;
    if (![types].flat().includes("PRIVATE")) return;
    api.present("policy", "a private API without a policy rejects everybody");
    const statements = api.policy("policy")?.statements;
    if (statements && !statements.some((s) => s.conditionsOn("aws:SourceVpce", "aws:SourceVpc").length > 0)) {
      api.fail("the policy does not name the VPC endpoint", "policy");
    }
  },
};
