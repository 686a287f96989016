import type { Rule } from "../../../kit";
import { s3AccessLogging } from "./s3-access-logging";
import { s3AclsDisabled } from "./s3-acls-disabled";
import { s3BucketKey } from "./s3-bucket-key";
import { s3Events } from "./s3-events";
import { s3MfaDelete } from "./s3-mfa-delete";
import { s3NoDeprecatedInline } from "./s3-no-deprecated-inline";
import { s3NoForceDestroy } from "./s3-no-force-destroy";
import { s3NoPublicAcl } from "./s3-no-public-acl";
import { s3NoPublicPolicy } from "./s3-no-public-policy";
import { s3NoWebsite } from "./s3-no-website";
import { s3ObjectLock } from "./s3-object-lock";
import { s3PolicyNoLockout } from "./s3-policy-no-lockout";
import { s3PublicAccessBlock } from "./s3-public-access-block";
import { s3Replication } from "./s3-replication";
import { s3SseKmsCmk } from "./s3-sse-kms-cmk";
import { s3TlsOnly } from "./s3-tls-only";
import { s3Versioning } from "./s3-versioning";
import { s3VpceOnly } from "./s3-vpce-only";

/** The rules about s3, in alphabetical order. */
export const s3Rules: readonly Rule[] = [
  s3AccessLogging,
  s3AclsDisabled,
  s3BucketKey,
  s3Events,
  s3MfaDelete,
  s3NoDeprecatedInline,
  s3NoForceDestroy,
  s3NoPublicAcl,
  s3NoPublicPolicy,
  s3NoWebsite,
  s3ObjectLock,
  s3PolicyNoLockout,
  s3PublicAccessBlock,
  s3Replication,
  s3SseKmsCmk,
  s3TlsOnly,
  s3Versioning,
  s3VpceOnly,
];
