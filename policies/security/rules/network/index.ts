import type { Rule } from "../../../kit";
import { eipAttached } from "./eip-attached";
import { naclAttached } from "./nacl-attached";
import { naclClosed } from "./nacl-closed";
import { netNoInternet } from "./net-no-internet";
import { privateNoIgwRoute } from "./private-no-igw-route";
import { sgAttached } from "./sg-attached";
import { sgDescribed } from "./sg-described";
import { sgNarrowPorts } from "./sg-narrow-ports";
import { sgNoOpenEgress } from "./sg-no-open-egress";
import { sgNoOpenIngress } from "./sg-no-open-ingress";
import { sgNoRuleConflict } from "./sg-no-rule-conflict";
import { subnetNoPublicIp } from "./subnet-no-public-ip";
import { vpcDefaultSgClosed } from "./vpc-default-sg-closed";
import { vpcFlowLogs } from "./vpc-flow-logs";
import { vpcNoDefault } from "./vpc-no-default";
import { vpceMultiAz } from "./vpce-multi-az";
import { vpcePolicyScoped } from "./vpce-policy-scoped";
import { vpcePrivateDns } from "./vpce-private-dns";
import { vpceRequiredSet } from "./vpce-required-set";

/** The rules about network, in alphabetical order. */
export const networkRules: readonly Rule[] = [
  eipAttached,
  naclAttached,
  naclClosed,
  netNoInternet,
  privateNoIgwRoute,
  sgAttached,
  sgDescribed,
  sgNarrowPorts,
  sgNoOpenEgress,
  sgNoOpenIngress,
  sgNoRuleConflict,
  subnetNoPublicIp,
  vpcDefaultSgClosed,
  vpcFlowLogs,
  vpcNoDefault,
  vpceMultiAz,
  vpcePolicyScoped,
  vpcePrivateDns,
  vpceRequiredSet,
];
