import type { Rule } from "../../../kit";
import { iamBoundaryRequired } from "./iam-boundary-required";
import { iamDocumentValid } from "./iam-document-valid";
import { iamKmsDecryptScoped } from "./iam-kms-decrypt-scoped";
import { iamLogResourcePolicy } from "./resource-policies";
import { iamNoAdmin } from "./iam-no-admin";
import { iamNoBroadManaged } from "./iam-no-broad-managed";
import {
  iamNoCredentialsExposure,
  iamNoDataExfiltration,
  iamNoPermissionsManagement,
} from "./actions-on-everything";
import { iamNoInline } from "./iam-no-inline";
import { iamNoMgmtConflict } from "./iam-no-mgmt-conflict";
import { iamNoNotElements } from "./iam-no-not-elements";
import { iamNoPrivesc } from "./iam-no-privesc";
import { iamNoServiceWildcard } from "./iam-no-service-wildcard";
import { iamNoUsers } from "./iam-no-users";
import { iamNoWildcardResource } from "./iam-no-wildcard-resource";
import { iamOidcSubject } from "./iam-oidc-subject";
import { iamPassroleScoped } from "./iam-passrole-scoped";
import { iamSagemakerCreateGuarded } from "./iam-sagemaker-create-guarded";
import { iamSessionMax } from "./iam-session-max";
import { iamTrustClosed } from "./iam-trust-closed";
import { iamTrustConfusedDeputy } from "./iam-trust-confused-deputy";
import { policyDocumentReadable } from "./policy-document-readable";

/** The rules about iam, in alphabetical order. */
export const iamRules: readonly Rule[] = [
  iamBoundaryRequired,
  iamDocumentValid,
  iamKmsDecryptScoped,
  iamLogResourcePolicy,
  iamNoAdmin,
  iamNoBroadManaged,
  iamNoCredentialsExposure,
  iamNoDataExfiltration,
  iamNoInline,
  iamNoMgmtConflict,
  iamNoNotElements,
  iamNoPermissionsManagement,
  iamNoPrivesc,
  iamNoServiceWildcard,
  iamNoUsers,
  iamNoWildcardResource,
  iamOidcSubject,
  iamPassroleScoped,
  iamSagemakerCreateGuarded,
  iamSessionMax,
  iamTrustClosed,
  iamTrustConfusedDeputy,
  policyDocumentReadable,
];
