import type { ResourceRule } from "../../../kit";

export const smDomainSourceIdentity: ResourceRule = {
  id: "sm-domain-source-identity",
  title: "Calls out of Studio carry the user's name",
  severity: "medium",
  rationale: "Without a source identity the trail shows only the shared execution role, not who did it.",
  controls: [],
  inspects: { "aws:sagemaker/domain:Domain": ["domainSettings.executionRoleIdentityConfig"] },
  remedy:
    'Set domainSettings.executionRoleIdentityConfig to "USER_PROFILE_NAME" and allow sts:SetSourceIdentity in the trust policies.',
  check: (domain) =>
    domain.require<string>(
      "domainSettings.executionRoleIdentityConfig",
      (v) => v === "USER_PROFILE_NAME",
      "calls cannot be traced to a user profile",
    ),
  remediate: (properties) => {
    const settings = (properties.domainSettings ?? {}) as Record<string, unknown>;
    settings.executionRoleIdentityConfig = "USER_PROFILE_NAME";
    properties.domainSettings = settings;
  },
};
