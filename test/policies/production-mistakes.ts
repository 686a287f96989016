import { change, inDocument, put, statement, unset, type Breakage } from "./support/breakage";
import { ACCOUNT } from "./support/fixture";
import { asObject, edit } from "./support/reshape";
import { T } from "./security/breakages/types";
import { onAwsMetric } from "./security/breakages/which";
import { TASK_MISTAKES, type ProductionMistake } from "./task-mistakes";

const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/training`;

/** Mistakes as reviewers overlook them: the same fault in the many shapes that IAM and Step Functions accept. */
export const PRODUCTION_MISTAKES: readonly ProductionMistake[] = [
  {
    title: "everybody reads the lake if the request says where it comes from",
    rule: "s3-no-public-policy",
    says: /statement Website lets everybody in.*Name the principals/s,
    mistake: statement(T.bucketPolicy, "policy", {
      Sid: "Website",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: "*",
      Condition: { StringLike: { "aws:UserAgent": "SmartRetail*" }, Bool: { "aws:SecureTransport": "true" } },
    }),
  },
  {
    title: "any VPC endpoint of the world reads the lake",
    rule: "s3-no-public-policy",
    says: /statement Endpoint lets everybody in/,
    mistake: statement(T.bucketPolicy, "policy", {
      Sid: "Endpoint",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "s3:GetObject",
      Resource: "*",
      Condition: { StringLike: { "aws:SourceVpce": "vpce-*" } },
    }),
  },
  {
    title: "roles of any account read the lake",
    rule: "s3-no-public-policy",
    says: /statement Roles lets everybody in/,
    mistake: statement(T.bucketPolicy, "policy", {
      Sid: "Roles",
      Effect: "Allow",
      Principal: { AWS: ["*"] },
      Action: "s3:GetObject",
      Resource: "*",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/analytics" } },
    }),
  },
  {
    title: "an empty organisation path counts as all of them",
    rule: "s3-no-public-policy",
    says: /statement Org lets everybody in/,
    mistake: statement(T.bucketPolicy, "policy", {
      Sid: "Org",
      Effect: "Allow",
      Principal: "*",
      Action: ["s3:GetObject"],
      Resource: "*",
      Condition: { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": ["o-abc/*"] } },
    }),
  },
  {
    title: "plain HTTP is denied to one agent only",
    rule: "s3-tls-only",
    says: /lets plain HTTP in/,
    mistake: inDocument(T.bucketPolicy, "policy", "the denial has a second condition", (root) => {
      for (const entry of root.Statement)
        if (JSON.stringify(entry).includes("SecureTransport"))
          Object.assign(entry.Condition as object, { StringLike: { "aws:UserAgent": "curl*" } });
    }),
  },
  {
    title: "release control forgets a look that failed three times",
    rule: "lambda-failure-destination",
    says: /failed events are lost/,
    mistake: unset(T.invoke, "destinationConfig.onFailure"),
  },
  {
    title: "an alarm of the challenger that cannot be delivered is dropped",
    rule: "eb-target-dlq",
    says: /undelivered events are lost/,
    mistake: unset(T.eventTarget, "deadLetterConfig", ({ name }) => name.includes("challenger-alarm")),
  },
  {
    title: "a role may do everything with S3",
    rule: "iam-no-service-wildcard",
    says: /statement Lake allows s3:\*.*List the actions/s,
    mistake: statement(T.policy, "policy", {
      Sid: "Lake",
      Effect: "Allow",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::smartretail-prod-raw", "arn:aws:s3:::smartretail-prod-raw/*"],
    }),
  },
  {
    title: "all of S3 in other words",
    rule: "iam-no-service-wildcard",
    says: /allows S3:\?\*/,
    mistake: statement(T.policy, "policy", {
      Effect: "Allow",
      Action: ["logs:PutLogEvents", "S3:?*"],
      Resource: "arn:aws:s3:::smartretail-prod-raw/*",
    }),
  },
  {
    title: "everything but users, as an object",
    rule: "iam-no-not-elements",
    says: /statement Rest allows with NotAction/,
    mistake: asObject(
      statement(T.policy, "policy", {
        Sid: "Rest",
        Effect: "Allow",
        NotAction: ["iam:*", "organizations:*"],
        Resource: "arn:aws:s3:::smartretail-prod-raw/*",
      }),
      "policy",
    ),
  },
  {
    title: "a role may be passed to any service",
    rule: "iam-passrole-scoped",
    says: /statement Pass lets a role be passed to any service.*PassedToService/s,
    mistake: statement(T.policy, "policy", {
      Sid: "Pass",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: ROLE_ARN,
    }),
  },
  {
    title: "a role may be passed when the service is not said, or to all of them",
    rule: "iam-passrole-scoped",
    says: /statement Maybe lets a role be passed to any service/,
    mistake: statement(T.policy, "policy", {
      Sid: "Maybe",
      Effect: "Allow",
      Action: "iam:Pass*",
      Resource: ROLE_ARN,
      Condition: {
        StringEqualsIfExists: { "iam:PassedToService": "sagemaker.amazonaws.com" },
        StringLike: { "iam:passedtoservice": ["sagemaker.amazonaws.com", "*.amazonaws.com"] },
      },
    }),
  },
  {
    title: "every role of the account may be passed",
    rule: "iam-passrole-scoped",
    says: /lets every role be passed/,
    mistake: statement(T.policy, "policy", {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: [`arn:aws:iam::${ACCOUNT}:*`],
      Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    }),
  },
  {
    title: "a service assumes a role for whoever does not say",
    rule: "iam-trust-confused-deputy",
    says: /statement Jobs lets sagemaker\.amazonaws\.com assume the role for any account/,
    mistake: statement(T.role, "assumeRolePolicy", {
      Sid: "Jobs",
      Effect: "Allow",
      Principal: { Service: ["sagemaker.amazonaws.com"] },
      Action: "sts:AssumeRole",
      Condition: { StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } },
    }),
  },
  {
    title: "training is allowed on the types of an empty list",
    rule: "iam-sagemaker-create-guarded",
    says: /allows sagemaker:CreateTrainingJob without a condition on .*sagemaker:InstanceTypes/,
    mistake: change(T.policy, "policy", () => ({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: "sagemaker:Create*Job",
        Resource: `arn:aws:sagemaker:ap-northeast-1:${ACCOUNT}:training-job/smartretail-*`,
        Condition: { "ForAllValues:StringLike": { "sagemaker:InstanceTypes": ["ml.m5.large"] } },
      },
    })),
  },
  {
    title: "an endpoint's volume has no key",
    rule: "sm-epc-cmk",
    says: /variant \S+ on ml\.\S+ has an unprotected volume.*kmsKeyArn is not set.*Set kmsKeyArn/s,
    mistake: unset(T.config, "kmsKeyArn"),
  },
  {
    title: "an alarm watches nothing",
    rule: "alarm-dimensions",
    says: /watches nothing.*dimensions is not set.*Set dimensions/s,
    mistake: unset(T.alarm, "dimensions", onAwsMetric),
  },
  {
    title: "the world reaches port 443 over IPv6",
    rule: "sg-no-open-ingress",
    says: /everybody \(::\/0\) can reach port 443/,
    mistake: ingressFrom({ cidrIpv6: "::/0", fromPort: 443, toPort: 443 }),
  },
  {
    title: "half of the internet in one rule",
    rule: "sg-no-open-ingress",
    says: /everybody \(128\.0\.0\.0\/1\)/,
    mistake: ingressFrom({ cidrIpv4: "128.0.0.0/1" }),
  },
  {
    title: "the key's policy is nobody's",
    rule: "kms-no-lockout",
    says: /nobody may change the key's policy.*Allow kms:\*/s,
    mistake: change(T.key, "policy", () => ({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: ROLE_ARN },
          Action: ["kms:Decrypt", "kms:DescribeKey"],
          Resource: "*",
        },
        { Effect: "Allow", Principal: { Service: "logs.amazonaws.com" }, Action: "kms:*", Resource: "*" },
      ],
    })),
  },
  {
    title: "everything but decryption is denied to the account",
    rule: "kms-no-lockout",
    says: /statement Only denies kms:PutKeyPolicy to everybody/,
    mistake: statement(T.key, "policy", {
      Sid: "Only",
      Effect: "Deny",
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      NotAction: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
    }),
  },
  {
    title: "a schedule that cannot start says nothing",
    rule: "sched-dlq",
    says: /lost.*target\.deadLetterConfig\.arn is not set.*Set target\.deadLetterConfig/s,
    mistake: put(T.scheduler, "target.deadLetterConfig", {}),
  },
  ...TASK_MISTAKES,
];

/** Another source for the first rule of a security group. */
function ingressFrom(source: Record<string, unknown>): Breakage {
  return edit(T.ingressRule, "another source", (properties) => ({
    ...properties,
    cidrIpv4: undefined,
    prefixListId: undefined,
    referencedSecurityGroupId: undefined,
    ...source,
  }));
}
