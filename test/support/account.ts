/** One planned environment as IAM would see it: who asks for what, and what is decided. */
import type { RecordedResource, Recording } from "../../preview/recorded-resource";
import { decide, decideWithResource, type Decision, type IamRequest } from "./iam";
import { find } from "./record";
import { rightsOfRole } from "./role-rights";
import { statementsOf } from "./statements";

const ACCOUNT = "123456789012";

export interface Account {
  /** ARN of one of the platform's keys. */
  readonly key: (purpose: "data-lake" | "feature-store" | "operations") => string;
  /** Condition keys of a job that stays inside. */
  readonly insideJob: Readonly<Record<string, string | readonly string[]>>;
  /** What a session of the role is allowed; `context` adds condition keys, or takes them away. */
  readonly ask: (
    role: string,
    action: string,
    resource: string,
    context?: Readonly<Record<string, string | readonly string[] | undefined>>,
  ) => Decision;
}

export function accountOf(recording: Recording, prefix: string): Account {
  const key: Account["key"] = (purpose) =>
    String(find(recording, "aws:kms/key:Key", `${purpose}-key`).outputs.arn);
  const ask: Account["ask"] = (role, action, resource, context = {}) => {
    const request: IamRequest = {
      action,
      resource,
      context: withoutUndefined({ ...session(recording, `${prefix}-${role}`), ...context }),
    };
    const rights = rightsOfRole(recording, `${prefix}-${role}`);
    const bucket = bucketPolicyFor(recording, resource);
    if (bucket) return decide([...rights, ...bucket], request);
    const keyPolicy = keyPolicyFor(recording, resource);
    return keyPolicy ? decideWithResource(rights, keyPolicy, request) : decide(rights, request);
  };
  return { key, insideJob: insideJob(recording, key("data-lake")), ask };
}

/** Condition keys of every request of a role's session from inside the network. */
function session(recording: Recording, roleName: string): Record<string, string> {
  const person = /-studio-(.+)$/.exec(roleName)?.[1];
  return {
    "aws:PrincipalAccount": ACCOUNT,
    "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/${roleName}`,
    "aws:PrincipalIsAWSService": "false",
    "aws:SecureTransport": "true",
    "aws:SourceVpce": find(recording, "aws:ec2/vpcEndpoint:VpcEndpoint", "gateway-s3").id,
    "aws:ViaAWSService": "false",
    "kms:ViaService": "s3.ap-northeast-1.amazonaws.com",
    "s3:TlsVersion": "1.3",
    ...(person ? { "sagemaker:DomainId": "d-1", "sagemaker:UserProfileName": person } : {}),
  };
}

function insideJob(recording: Recording, keyArn: string): Account["insideJob"] {
  return {
    "sagemaker:InstanceTypes": ["ml.m5.xlarge"],
    "sagemaker:InterContainerTrafficEncryption": "true",
    "sagemaker:MaxRuntimeInSeconds": "3600",
    "sagemaker:NetworkIsolation": "true",
    "sagemaker:OutputKmsKeyArn": keyArn,
    "sagemaker:VolumeKmsKeyArn": keyArn,
    "sagemaker:VpcSecurityGroupIds": [
      find(recording, "aws:ec2/securityGroup:SecurityGroup", "workload-group").id,
    ],
    "sagemaker:VpcSubnets": recording.resources
      .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
      .map(({ id }) => id),
  };
}

function bucketPolicyFor({ resources }: Recording, resource: string) {
  if (!resource.startsWith("arn:aws:s3:::")) return undefined;
  const bucket = resource.slice("arn:aws:s3:::".length).split("/")[0];
  return policyOf(
    resources.find(({ type, inputs }) => type.endsWith(":BucketPolicy") && inputs.bucket === bucket),
  );
}

function keyPolicyFor({ resources }: Recording, resource: string) {
  return policyOf(
    resources.find(({ type, outputs }) => type === "aws:kms/key:Key" && outputs.arn === resource),
  );
}

function policyOf(resource: RecordedResource | undefined) {
  return resource && statementsOf(resource.inputs.policy);
}

function withoutUndefined(context: Record<string, string | readonly string[] | undefined>) {
  return Object.fromEntries(
    Object.entries(context).filter(([, value]) => value !== undefined),
  ) as NonNullable<IamRequest["context"]>;
}
