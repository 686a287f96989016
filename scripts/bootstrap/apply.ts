import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  type KMSClient,
} from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type BucketLocationConstraint,
  type S3Client,
} from "@aws-sdk/client-s3";
import { sortedJson } from "../../components/sorted-json";
import {
  OIDC_AUDIENCE,
  OIDC_HOST,
  type BootstrapScope,
  type Foundation,
  type FoundationRole,
} from "./foundation";

export interface Clients {
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly s3: S3Client;
}

/**
 * Makes what is missing and mends what differs; what is there as it should be stays untouched. A second run does nothing.
 *
 * @returns one line for each thing that was made or changed
 */
export async function applyFoundation(
  scope: BootstrapScope,
  foundation: Foundation,
  clients: Clients,
): Promise<string[]> {
  const key = await ensureKey(foundation, clients.kms);
  const bucket = await ensureBucket(scope, foundation, key.arn, clients.s3);
  const provider = await ensureProvider(scope, clients.iam);
  const roles: string[] = [];
  for (const role of foundation.roles) roles.push(...(await ensureRole(role, clients.iam)));
  return [...key.done, ...bucket, ...provider, ...roles];
}

async function ensureKey(
  { keyAlias, keyPolicy }: Foundation,
  kms: KMSClient,
): Promise<{ arn: string; done: string[] }> {
  const there = await unlessMissing(
    kms.send(new DescribeKeyCommand({ KeyId: keyAlias })),
    "NotFoundException",
  );
  if (there?.KeyMetadata?.Arn !== undefined) return { arn: there.KeyMetadata.Arn, done: [] };
  const made = await kms.send(
    new CreateKeyCommand({ Description: "State of Pulumi and the secrets in it", Policy: keyPolicy }),
  );
  const { Arn: arn, KeyId: KeyId } = made.KeyMetadata ?? {};
  if (arn === undefined) throw new Error("KMS made a key without an ARN");
  await kms.send(new EnableKeyRotationCommand({ KeyId }));
  await kms.send(new CreateAliasCommand({ AliasName: keyAlias, TargetKeyId: KeyId }));
  return { arn, done: [`made key ${keyAlias}`] };
}

async function ensureBucket(
  { region }: BootstrapScope,
  { stateBucket: Bucket, bucketPolicy }: Foundation,
  keyArn: string,
  s3: S3Client,
): Promise<string[]> {
  if (await unlessMissing(s3.send(new HeadBucketCommand({ Bucket })), "NotFound")) return [];
  const LocationConstraint = region as BucketLocationConstraint;
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      // The API wants no constraint for its first region.
      ...(region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint } }),
    }),
  );
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  await closeToThePublic(Bucket, s3);
  await encryptWith(keyArn, Bucket, s3);
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: bucketPolicy }));
  return [`made bucket ${Bucket}`];
}

async function closeToThePublic(Bucket: string, s3: S3Client): Promise<void> {
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
}

async function encryptWith(keyArn: string, Bucket: string, s3: S3Client): Promise<void> {
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyArn },
            BucketKeyEnabled: true,
          },
        ],
      },
    }),
  );
}

/** IAM knows GitHub's certificates itself: no thumbprint is given. */
async function ensureProvider({ accountId }: BootstrapScope, iam: IAMClient): Promise<string[]> {
  const arn = `arn:aws:iam::${accountId}:oidc-provider/${OIDC_HOST}`;
  const question = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
  if (await unlessMissing(iam.send(question), "NoSuchEntityException")) return [];
  await iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: `https://${OIDC_HOST}`, ClientIDList: [OIDC_AUDIENCE] }),
  );
  return [`made OIDC provider ${OIDC_HOST}`];
}

async function ensureRole(role: FoundationRole, iam: IAMClient): Promise<string[]> {
  const { name: RoleName, trust, description, policies } = role;
  const done: string[] = [];
  const there = await unlessMissing(iam.send(new GetRoleCommand({ RoleName })), "NoSuchEntityException");
  if (!there) {
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: trust,
        Description: description,
        MaxSessionDuration: 7200,
      }),
    );
    done.push(`made role ${RoleName}`);
  } else if (!sameDocument(there.Role?.AssumeRolePolicyDocument, trust)) {
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
    done.push(`changed who may become ${RoleName}`);
  }
  for (const [PolicyName, PolicyDocument] of Object.entries(policies)) {
    const question = new GetRolePolicyCommand({ RoleName, PolicyName });
    const now = await unlessMissing(iam.send(question), "NoSuchEntityException");
    if (now && sameDocument(now.PolicyDocument, PolicyDocument)) continue;
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    done.push(`${now ? "changed" : "gave"} ${RoleName} its rights: ${PolicyName}`);
  }
  return done;
}

/** IAM hands documents out percent-encoded. */
function sameDocument(given: string | undefined, expected: string): boolean {
  return given !== undefined && sortedJson(JSON.parse(decodeURIComponent(given))) === expected;
}

/** Undefined where the thing is not there; any other error stays one. */
async function unlessMissing<T>(request: Promise<T>, missing: string): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if ((error as Error).name === missing) return undefined;
    throw error;
  }
}
