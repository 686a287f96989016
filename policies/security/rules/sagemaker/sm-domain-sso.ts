import type { ResourceRule } from "../../../kit";

export const smDomainSso: ResourceRule = {
  id: "sm-domain-sso",
  title: "People sign in to Studio through IAM Identity Center",
  severity: "medium",
  rationale: "Shared IAM sessions cannot be traced to a person, and leavers keep their access.",
  controls: ["sagemaker_domain_sso_configured", "SM-02"],
  inspects: { "aws:sagemaker/domain:Domain": ["authMode"] },
  remedy: 'Set authMode to "SSO", or add the mode that your organisation uses to the option modes.',
  options: {
    modes: {
      type: "array",
      items: { type: "string" },
      description: 'Accepted sign-in modes. "IAM" is right where people federate into IAM roles.',
      default: ["SSO"],
    },
  },
  check: (domain) =>
    domain.require<string>(
      "authMode",
      (v) => domain.option<string[]>("modes").includes(v),
      "the sign-in mode is not accepted",
    ),
};
