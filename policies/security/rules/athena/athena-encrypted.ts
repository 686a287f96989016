import type { ResourceRule } from "../../../kit";

const WORKGROUP = "aws:athena/workgroup:Workgroup";
const DATABASE = "aws:athena/database:Database";
const RESULTS = "configuration.resultConfiguration";

export const athenaEncrypted: ResourceRule = {
  id: "athena-encrypted",
  title: "Results of queries are encrypted, and callers cannot say otherwise",
  severity: "medium",
  rationale:
    "A result is a copy of the data in another place; without enforcement every caller chooses where and how.",
  controls: [
    "CKV_AWS_77",
    "CKV_AWS_82",
    "CKV_AWS_159",
    "Athena.1",
    "AWS-0006",
    "AWS-0007",
    "AthenaWorkgroupEncryptedQueryResults",
  ],
  inspects: {
    [WORKGROUP]: [
      `${RESULTS}.encryptionConfiguration.encryptionOption`,
      "configuration.enforceWorkgroupConfiguration",
    ],
    [DATABASE]: ["encryptionConfiguration.encryptionOption"],
  },
  remedy: "Set encryptionConfiguration, and leave enforceWorkgroupConfiguration on.",
  check: (resource) => {
    if (resource.type === DATABASE)
      return resource.present("encryptionConfiguration.encryptionOption", "results are not encrypted");
    resource.present(`${RESULTS}.encryptionConfiguration.encryptionOption`, "results are not encrypted");
    resource.forbid<boolean>(
      "configuration.enforceWorkgroupConfiguration",
      (v) => !v,
      "every caller may store results unencrypted elsewhere",
    );
  },
};
