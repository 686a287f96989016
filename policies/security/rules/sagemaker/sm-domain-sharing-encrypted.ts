import type { ResourceRule } from "../../../kit";

const SETTINGS = {
  "aws:sagemaker/domain:Domain": "defaultUserSettings",
  "aws:sagemaker/userProfile:UserProfile": "userSettings",
};

export const smDomainSharingEncrypted: ResourceRule = {
  id: "sm-domain-sharing-encrypted",
  title: "Shared notebook output is off or encrypted with a customer-managed key",
  severity: "medium",
  rationale: "Cell output repeats the data that it was computed from, in a bucket that many people read.",
  controls: [],
  inspects: Object.fromEntries(
    Object.entries(SETTINGS).map(([type, settings]) => [
      type,
      [`${settings}.sharingSettings.notebookOutputOption`, `${settings}.sharingSettings.s3KmsKeyId`],
    ]),
  ),
  remedy: 'Set sharingSettings.notebookOutputOption to "Disabled" or give s3KmsKeyId.',
  check: (resource) => {
    const sharing = resource.at(`${SETTINGS[resource.type as keyof typeof SETTINGS]}.sharingSettings`);
    if (sharing.at("notebookOutputOption").read<string>("Disabled") !== "Allowed") return;
    sharing.present("s3KmsKeyId", "notebook output is shared without a key of ours");
  },
};
