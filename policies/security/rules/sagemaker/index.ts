import type { Rule } from "../../../kit";
import { smAslRolePassed } from "./sm-asl-role-passed";
import { smAslTrainIntercontainer } from "./sm-asl-train-intercontainer";
import { smAslTrainIsolated } from "./sm-asl-train-isolated";
import { smAslTrainKms } from "./sm-asl-train-kms";
import { smAslTrainVpc } from "./sm-asl-train-vpc";
import { smDomainCanvasOff } from "./sm-domain-canvas-off";
import { smDomainCmk } from "./sm-domain-cmk";
import { smDomainDockerRestricted } from "./sm-domain-docker-restricted";
import { smDomainSgAndSubnets } from "./sm-domain-sg-and-subnets";
import { smDomainSharingEncrypted } from "./sm-domain-sharing-encrypted";
import { smDomainSourceIdentity } from "./sm-domain-source-identity";
import { smDomainSso } from "./sm-domain-sso";
import { smDomainVpcOnly } from "./sm-domain-vpc-only";
import { smDqInVpc } from "./sm-dq-in-vpc";
import { smDqIntercontainer } from "./sm-dq-intercontainer";
import { smDqIsolated } from "./sm-dq-isolated";
import { smDqOutputCmk } from "./sm-dq-output-cmk";
import { smDqVolumeCmk } from "./sm-dq-volume-cmk";
import { smEndpointMonitored } from "./sm-endpoint-monitored";
import { smEpGuardedRollout } from "./sm-ep-guarded-rollout";
import { smEpRollbackAlarms } from "./sm-ep-rollback-alarms";
import { smEpRuntimeOwned } from "./sm-ep-runtime-owned";
import { smEpcAsyncOutputCmk } from "./sm-epc-async-output-cmk";
import { smEpcCaptureCmk } from "./sm-epc-capture-cmk";
import { smEpcCaptureOn } from "./sm-epc-capture-on";
import { smEpcChallengerWeight } from "./sm-epc-challenger-weight";
import { smEpcCmk } from "./sm-epc-cmk";
import { smEpcCoredumpCmk } from "./sm-epc-coredump-cmk";
import { smEpcHa } from "./sm-epc-ha";
import { smEpcIntegerWeights } from "./sm-epc-integer-weights";
import { smEpcNoSsm } from "./sm-epc-no-ssm";
import { smFgCatalogued } from "./sm-fg-catalogued";
import { smFgDescribedTagged } from "./sm-fg-described-tagged";
import { smFgOfflineCmk } from "./sm-fg-offline-cmk";
import { smFgOnlineCmk } from "./sm-fg-online-cmk";
import { smFgProtected } from "./sm-fg-protected";
import { smLccNoRemoteExec } from "./sm-lcc-no-remote-exec";
import { smLccNoSecrets } from "./sm-lcc-no-secrets";
import { smModelArtifactBucket } from "./sm-model-artifact-bucket";
import { smModelEnvNoSecrets } from "./sm-model-env-no-secrets";
import { smModelFromRegistry } from "./sm-model-from-registry";
import { smModelImageAllowlist } from "./sm-model-image-allowlist";
import { smModelInVpc } from "./sm-model-in-vpc";
import { smModelIsolated } from "./sm-model-isolated";
import { smModelPrivateRegistry } from "./sm-model-private-registry";
import { smMpgPolicyClosed } from "../iam/resource-policies";
import { smNotebookCmk } from "./sm-notebook-cmk";
import { smNotebookForbidden } from "./sm-notebook-forbidden";
import { smNotebookImdsv2 } from "./sm-notebook-imdsv2";
import { smNotebookInVpc } from "./sm-notebook-in-vpc";
import { smNotebookNoDirectInternet } from "./sm-notebook-no-direct-internet";
import { smNotebookNoRoot } from "./sm-notebook-no-root";
import { smNotebookPlatform } from "./sm-notebook-platform";
import { smSchedEncrypted } from "./sm-sched-encrypted";
import { smSchedIsolated } from "./sm-sched-isolated";
import { smSpacePrivate } from "./sm-space-private";
import { smUserprofileOwnRole } from "./sm-userprofile-own-role";
import { smUserprofileOwnSecurityGroup } from "./sm-userprofile-own-security-group";
import { smVariantScalingTarget } from "./sm-variant-scaling-target";

/** The rules about sagemaker, in alphabetical order. */
export const sagemakerRules: readonly Rule[] = [
  smAslRolePassed,
  smAslTrainIntercontainer,
  smAslTrainIsolated,
  smAslTrainKms,
  smAslTrainVpc,
  smDomainCanvasOff,
  smDomainCmk,
  smDomainDockerRestricted,
  smDomainSgAndSubnets,
  smDomainSharingEncrypted,
  smDomainSourceIdentity,
  smDomainSso,
  smDomainVpcOnly,
  smDqInVpc,
  smDqIntercontainer,
  smDqIsolated,
  smDqOutputCmk,
  smDqVolumeCmk,
  smEndpointMonitored,
  smEpGuardedRollout,
  smEpRollbackAlarms,
  smEpRuntimeOwned,
  smEpcAsyncOutputCmk,
  smEpcCaptureCmk,
  smEpcCaptureOn,
  smEpcChallengerWeight,
  smEpcCmk,
  smEpcCoredumpCmk,
  smEpcHa,
  smEpcIntegerWeights,
  smEpcNoSsm,
  smFgCatalogued,
  smFgDescribedTagged,
  smFgOfflineCmk,
  smFgOnlineCmk,
  smFgProtected,
  smLccNoRemoteExec,
  smLccNoSecrets,
  smModelArtifactBucket,
  smModelEnvNoSecrets,
  smModelFromRegistry,
  smModelImageAllowlist,
  smModelInVpc,
  smModelIsolated,
  smModelPrivateRegistry,
  smMpgPolicyClosed,
  smNotebookCmk,
  smNotebookForbidden,
  smNotebookImdsv2,
  smNotebookInVpc,
  smNotebookNoDirectInternet,
  smNotebookNoRoot,
  smNotebookPlatform,
  smSchedEncrypted,
  smSchedIsolated,
  smSpacePrivate,
  smUserprofileOwnRole,
  smUserprofileOwnSecurityGroup,
  smVariantScalingTarget,
];
