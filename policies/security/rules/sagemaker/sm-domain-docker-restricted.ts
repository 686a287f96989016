import type { ResourceRule } from "../../../kit";

export const smDomainDockerRestricted: ResourceRule = {
  id: "sm-domain-docker-restricted",
  title: "Docker in Studio is off or limited to trusted registries",
  severity: "medium",
  rationale: "Any image from anywhere could run beside the data with the user's role.",
  controls: [],
  inspects: {
    "aws:sagemaker/domain:Domain": [
      "domainSettings.dockerSettings.enableDockerAccess",
      "domainSettings.dockerSettings.vpcOnlyTrustedAccounts",
    ],
  },
  remedy:
    'Set domainSettings.dockerSettings.enableDockerAccess to "DISABLED" or list vpcOnlyTrustedAccounts.',
  check: (domain) => {
    const docker = domain.at("domainSettings.dockerSettings");
    if (docker.at("enableDockerAccess").read<string>("DISABLED") !== "ENABLED") return;
    docker.present("vpcOnlyTrustedAccounts", "Docker is enabled and accepts images of every account");
  },
  remediate: (properties) => {
    const settings = properties.domainSettings as { dockerSettings?: Record<string, unknown> } | undefined;
    if (settings?.dockerSettings) settings.dockerSettings.enableDockerAccess = "DISABLED";
  },
};
