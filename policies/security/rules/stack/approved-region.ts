import type { ResourceRule } from "../../../kit";

export const approvedRegion: ResourceRule = {
  id: "approved-region",
  title: "Everything is in the approved regions",
  severity: "high",
  rationale: "Data that leaves the region leaves its law, and resources elsewhere are watched by nobody.",
  controls: [],
  inspects: { "*": ["region"], "pulumi:providers:aws": ["region"] },
  remedy: "Use an approved region, or add the region to the option regions.",
  options: {
    regions: {
      type: "array",
      items: { type: "string" },
      description:
        "Approved regions, for providers and for the region property that every resource has since @pulumi/aws 7.",
      default: ["ap-northeast-1"],
    },
  },
  check: (resource) => {
    const regions = resource.option<string[]>("regions");
    if (!resource.type.startsWith("aws:") && resource.type !== "pulumi:providers:aws") return;
    const own = resource.at("region").read<string>();
    if (own !== undefined && !regions.includes(own))
      resource.failOnce(own, `the region ${own} is not approved, here and for all resources there`, "region");
    const provider = resource.provider?.properties.region;
    if (typeof provider === "string" && /^[a-z]+-[a-z]+-\d$/.test(provider) && !regions.includes(provider)) {
      resource.failOnce(
        `${resource.provider?.urn} ${provider}`,
        `the region ${provider} of the provider is not approved, for all its resources`,
        "",
        "provider",
      );
    }
  },
};
